// A foreign key on the struct names fields that do not exist.
use orm::prelude::*;

#[derive(Model)]
#[orm(belongs_to(whole: Thing, by = hole_id))]
// right: #[orm(belongs_to(whole: Thing, by = whole_id))]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
    pub whole_id: u64,
}

fn main() {}

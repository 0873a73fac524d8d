// A relation has no name.
use orm::prelude::*;

#[derive(Model)]
#[orm(has_many(Thing))]
// right: #[orm(has_many(children: Thing))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Thing)]
    pub parent_id: Option<u64>,
}

fn main() {}

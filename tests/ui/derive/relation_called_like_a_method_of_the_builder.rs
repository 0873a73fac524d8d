// A relation has the name of a method of the insert builder.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Thing, relation = returning)]
    // right: #[orm(belongs_to = Thing, relation = returned)]
    pub returning_id: Option<u64>,
}

fn main() {}

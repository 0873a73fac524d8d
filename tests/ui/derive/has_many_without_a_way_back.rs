// The other model has no foreign key to this one.
use orm::prelude::*;

#[derive(Model)]
pub struct Other {
    #[orm(primary_key)]
    pub id: u64,
    // right: pub id: u64,
    // right: #[orm(belongs_to = Thing)]
    // right: pub thing_id: u64,
}

#[derive(Model)]
#[orm(has_many(others: Other))]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}

// The other model has two foreign keys to this one, and `has_many` does not choose one.
use orm::prelude::*;

#[derive(Model)]
pub struct Other {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = Thing)]
    pub first_id: u64,
    #[orm(belongs_to = Thing)]
    pub second_id: u64,
}

#[derive(Model)]
#[orm(has_many(others: Other))]
// right: #[orm(has_many(others: Other.first))]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}

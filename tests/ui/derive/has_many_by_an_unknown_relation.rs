// `has_many` names a relation that the other model does not have.
use orm::prelude::*;

#[derive(Model)]
pub struct Other {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = Thing)]
    pub first_id: u64,
}

#[derive(Model)]
#[orm(has_many(others: Other.second))]
// right: #[orm(has_many(others: Other.first))]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}

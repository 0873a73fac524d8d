// A relation is named after its column without `_id`, and this column has no `_id`.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Thing)]
    pub owner: u64,
    // right: pub owner_id: u64,
}

fn main() {}

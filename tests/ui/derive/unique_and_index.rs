// A unique column already has an index.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, index)]
    // right: #[orm(unique)]
    pub number: u64,
}

fn main() {}

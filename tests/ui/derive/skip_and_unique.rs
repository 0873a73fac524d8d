// What is skipped is no column.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(skip, unique)]
    // right: #[orm(skip)]
    pub number: u64,
}

fn main() {}

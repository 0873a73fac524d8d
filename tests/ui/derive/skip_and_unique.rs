// A skipped field is not a column, so it cannot be unique.
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

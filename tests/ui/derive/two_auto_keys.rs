// A table has two `auto` columns.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(auto)]
    // right:
    pub number: u64,
}

fn main() {}

// A number column has no length.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 9)]
    // right:
    pub number: u64,
}

fn main() {}

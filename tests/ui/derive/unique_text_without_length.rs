// A unique text column needs a length.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique)]
    // right: #[orm(unique, length = 190)]
    pub name: String,
}

fn main() {}

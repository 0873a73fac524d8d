// A length must be at least 1.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 0)]
    // right: #[orm(length = 9)]
    pub name: String,
}

fn main() {}

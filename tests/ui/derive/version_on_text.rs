// A version must be an integer.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(version, length = 9)]
    // right: #[orm(version)]
    pub version: String,
    // right: pub version: u32,
}

fn main() {}

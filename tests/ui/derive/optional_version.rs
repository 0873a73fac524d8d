// A version cannot be nullable.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(version)]
    pub version: Option<u32>,
    // right: pub version: u32,
}

fn main() {}

// A version counts.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(version, length = 9)]
    pub version: String,
}

fn main() {}

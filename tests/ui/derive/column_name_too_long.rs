// A column name is longer than 64 characters.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(column = "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc")]
    // right: #[orm(column = "c")]
    pub number: u64,
}

fn main() {}

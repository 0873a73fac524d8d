// Two fields have the same column name.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(column = "id")]
    // right: #[orm(column = "number")]
    pub number: u64,
}

fn main() {}

// A primary key cannot be nullable.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key)]
    pub id: Option<u64>,
    // right: pub id: u64,
}

fn main() {}

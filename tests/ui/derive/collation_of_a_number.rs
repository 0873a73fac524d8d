// Only text has a collation.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(collation = "utf8mb4_bin")]
    // right: #[orm(comment = "how many there are")]
    pub number: u64,
}

fn main() {}

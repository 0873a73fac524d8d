// The server counts up the key, and nothing else.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(auto)]
    // right:
    pub number: u64,
}

fn main() {}

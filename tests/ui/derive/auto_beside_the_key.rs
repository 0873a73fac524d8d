// Only the primary key can be `auto`.
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

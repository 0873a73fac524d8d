// A default does not have the type of its column.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(default = "one")]
    // right: #[orm(default = 1)]
    pub number: u64,
}

fn main() {}

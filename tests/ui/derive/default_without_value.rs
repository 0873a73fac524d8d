// A default has no value.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(default)]
    // right: #[orm(default = 1)]
    pub number: u64,
}

fn main() {}

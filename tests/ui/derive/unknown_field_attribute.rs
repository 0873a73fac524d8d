// An attribute of a field is misspelt.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(uniqe)]
    // right: #[orm(unique)]
    pub number: u64,
}

fn main() {}

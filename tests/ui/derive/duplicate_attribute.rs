// An attribute is given twice.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(unique, unique)]
    // right: #[orm(unique)]
    pub number: u64,
}

fn main() {}

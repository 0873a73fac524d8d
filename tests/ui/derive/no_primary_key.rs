// A model has no primary key.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    pub name: String,
    // right: #[orm(primary_key, auto)]
    // right: pub id: u64,
    // right: pub name: String,
}

fn main() {}

// A JSON column cannot be a key.
use orm::prelude::*;

#[derive(Model)]
pub struct Account {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(json, unique)]
    // right: #[orm(json)]
    pub tags: Vec<String>,
}

fn main() {}

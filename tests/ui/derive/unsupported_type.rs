// A field's type cannot be stored in a column.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub tags: Vec<String>,
    // right: #[orm(json)]
    // right: pub tags: Vec<String>,
}

fn main() {}

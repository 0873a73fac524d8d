// A relation has the name of a column.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub owner: String,
    // right: pub owner_name: String,
    #[orm(belongs_to = Thing)]
    pub owner_id: u64,
}

fn main() {}

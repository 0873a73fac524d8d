// `set_null` needs a nullable column.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Thing, on_delete = set_null)]
    pub owner_id: u64,
    // right: pub owner_id: Option<u64>,
}

fn main() {}

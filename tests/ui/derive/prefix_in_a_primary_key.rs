// A primary key cannot have a prefix of a column.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(shop, code(8)))]
// right: #[orm(primary_key(shop, code))]
pub struct Thing {
    pub shop: u64,
    #[orm(length = 20)]
    pub code: String,
}

fn main() {}

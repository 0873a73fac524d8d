// A server indexes texts of a known length.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key)]
    // right: #[orm(primary_key, length = 36)]
    pub id: String,
}

fn main() {}

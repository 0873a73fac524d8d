// A length is a number, without quotes.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = "9")]
    // right: #[orm(length = 9)]
    pub name: String,
}

fn main() {}

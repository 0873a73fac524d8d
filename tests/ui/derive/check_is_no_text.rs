// A check constraint is SQL in quotes.
use orm::prelude::*;

#[derive(Model)]
#[orm(check = 5)]
// right: #[orm(check = "id > 5")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

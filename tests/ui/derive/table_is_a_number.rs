// The name of a table is a string.
use orm::prelude::*;

#[derive(Model)]
#[orm(table = 5)]
// right: #[orm(table = "things")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

// The name of a table is empty.
use orm::prelude::*;

#[derive(Model)]
#[orm(table = "")]
// right: #[orm(table = "things")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

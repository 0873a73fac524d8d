// `table` belongs on the struct.
use orm::prelude::*;

#[derive(Model)]
// right: #[derive(Model)]
// right: #[orm(table = "things")]
pub struct Thing {
    #[orm(primary_key, table = "things")]
    // right: #[orm(primary_key)]
    pub id: u64,
}

fn main() {}

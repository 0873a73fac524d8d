// `table` is about the struct.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, table = "things")]
    pub id: u64,
}

fn main() {}

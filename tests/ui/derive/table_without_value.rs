// `table` has no value.
use orm::prelude::*;

#[derive(Model)]
#[orm(table)]
// right: #[orm(table = "things")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

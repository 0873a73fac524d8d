// `virtual` needs a generated column.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(virtual)]
    // right: #[orm(virtual, generated = "id + 1")]
    pub number: u64,
}

fn main() {}

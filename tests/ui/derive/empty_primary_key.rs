// A key has columns.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key())]
// right: #[orm(primary_key(id))]
pub struct Thing {
    pub id: u64,
}

fn main() {}

// A primary key names a field that does not exist.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(ib))]
// right: #[orm(primary_key(id))]
pub struct Thing {
    pub id: u64,
}

fn main() {}

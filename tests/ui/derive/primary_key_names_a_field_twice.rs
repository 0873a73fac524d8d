// A primary key names a field twice.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(id, id))]
// right: #[orm(primary_key(id))]
pub struct Thing {
    pub id: u64,
}

fn main() {}

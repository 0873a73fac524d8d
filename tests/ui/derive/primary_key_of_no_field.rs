// A key names fields.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(ib))]
// right: #[orm(primary_key(id))]
pub struct Thing {
    pub id: u64,
}

fn main() {}

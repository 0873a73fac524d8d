// A primary key names no fields.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key())]
// right: #[orm(primary_key(id))]
pub struct Thing {
    pub id: u64,
}

fn main() {}

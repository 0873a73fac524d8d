// A key names fields.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(ib))]
pub struct Thing {
    pub id: u64,
}

fn main() {}

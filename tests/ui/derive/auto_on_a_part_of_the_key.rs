// The server counts up a key by itself only.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(id, part))]
// right: #[orm(primary_key(id))]
pub struct Thing {
    #[orm(auto)]
    pub id: u64,
    pub part: u64,
}

fn main() {}

// A relation has a name.
use orm::prelude::*;

#[derive(Model)]
#[orm(has_many(Thing))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

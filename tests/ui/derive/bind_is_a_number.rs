// The name of a database is a string.
use orm::prelude::*;

#[derive(Model)]
#[orm(bind = 2)]
// right: #[orm(bind = "second")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

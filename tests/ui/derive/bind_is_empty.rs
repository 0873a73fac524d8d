// The name of a database is empty.
use orm::prelude::*;

#[derive(Model)]
#[orm(bind = "")]
// right: #[orm(bind = "audit")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

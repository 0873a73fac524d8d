// A table is in one database, with all of its columns.
use orm::prelude::*;

#[derive(Model)]
// right: #[derive(Model)]
// right: #[orm(bind = "audit")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(bind = "audit")]
    // right:
    pub text: String,
}

fn main() {}

// A table is in one database, with all of its columns.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(bind = "audit")]
    pub text: String,
}

fn main() {}

// `bind` belongs on the struct: all columns of a table are in one database.
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

// The default database needs no `bind`.
use orm::prelude::*;

#[derive(Model)]
#[orm(bind = "default")]
// right:
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

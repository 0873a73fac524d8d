// An attribute of the struct is misspelt.
use orm::prelude::*;

#[derive(Model)]
#[orm(tabel = "things")]
// right: #[orm(table = "things")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

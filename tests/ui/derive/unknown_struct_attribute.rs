// Attributes are spelt as the documentation has them.
use orm::prelude::*;

#[derive(Model)]
#[orm(tabel = "things")]
// right: #[orm(table = "things")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

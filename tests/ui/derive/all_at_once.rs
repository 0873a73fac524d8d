// 5 errors: all mistakes in a model are reported at once, each where it is.
use orm::prelude::*;

#[derive(Model)]
#[orm(tabel = "things", index(nummber))]
// right: #[orm(table = "things", index(number))]
pub struct Thing {
    #[orm(primary_key)]
    pub id: Option<u64>,
    // right: pub id: u64,
    #[orm(length = 3)]
    // right:
    pub number: u64,
    #[orm(unique)]
    // right: #[orm(unique, length = 190)]
    pub name: String,
}

fn main() {}

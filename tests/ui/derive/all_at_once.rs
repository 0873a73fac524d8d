// 5 errors: all mistakes of a model are told at once, each where it is.
use orm::prelude::*;

#[derive(Model)]
#[orm(tabel = "things", index(nummber))]
pub struct Thing {
    #[orm(primary_key)]
    pub id: Option<u64>,
    #[orm(length = 3)]
    pub number: u64,
    #[orm(unique)]
    pub name: String,
}

fn main() {}

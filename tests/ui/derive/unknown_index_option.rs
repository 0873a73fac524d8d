// An index has an unknown option.
use orm::prelude::*;

#[derive(Model)]
#[orm(index(number, names = "x"))]
// right: #[orm(index(number, name = "x"))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub number: u64,
}

fn main() {}

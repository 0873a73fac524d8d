// Only text and bytes can be indexed by a prefix.
use orm::prelude::*;

#[derive(Model)]
#[orm(index(number(20)))]
// right: #[orm(index(number))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub number: u64,
}

fn main() {}

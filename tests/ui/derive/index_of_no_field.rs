// An index names a field that does not exist.
use orm::prelude::*;

#[derive(Model)]
#[orm(index(nummber))]
// right: #[orm(index(number))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub number: u64,
}

fn main() {}

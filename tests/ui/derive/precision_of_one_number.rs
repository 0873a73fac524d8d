// A precision is two numbers.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(precision = 9)]
    // right: #[orm(precision = (9, 2))]
    pub price: Decimal,
}

fn main() {}

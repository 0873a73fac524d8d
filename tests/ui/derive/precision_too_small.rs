// A precision has more decimal places than digits in total.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(precision = (2, 9))]
    // right: #[orm(precision = (9, 2))]
    pub price: Decimal,
}

fn main() {}

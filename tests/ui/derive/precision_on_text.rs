// A text column has no precision.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(precision = (9, 2))]
    pub name: String,
    // right: pub price: Decimal,
}

fn main() {}

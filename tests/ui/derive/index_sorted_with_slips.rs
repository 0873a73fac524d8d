// 4 errors: a part of an index can only be followed by `desc`, and a primary key has no order.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(shop, number desc))]
// right: #[orm(primary_key(shop, number))]
#[orm(index(shop asc, price desc))]
// right: #[orm(index(shop, price desc))]
#[orm(index(price descending))]
// right: #[orm(index(price desc))]
#[orm(index(number, price = desc, name = "by_number"))]
// right: #[orm(index(number, price desc, name = "by_number"))]
pub struct Thing {
    pub shop: u64,
    pub number: u64,
    pub price: i64,
}

fn main() {}

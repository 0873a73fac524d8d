// A key of two columns needs a foreign key of two columns.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(region, number))]
pub struct Order {
    pub region: u64,
    pub number: u64,
}

#[derive(Model)]
#[orm(belongs_to(order: Order, by = order_no))]
// right: #[orm(belongs_to(order: Order, by = (region, order_no)))]
pub struct Line {
    #[orm(primary_key)]
    pub id: u64,
    pub region: u64,
    pub order_no: u64,
}

fn main() {}

// A foreign key of two columns references columns that are not unique together, in their order.
use orm::prelude::*;

#[derive(Model)]
#[orm(unique(region, number))]
pub struct Depot {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 4)]
    pub region: String,
    pub number: u32,
}

#[derive(Model)]
#[orm(belongs_to(depot: Depot, by = (depot_no, region), to = (number, region)))]
// right: #[orm(belongs_to(depot: Depot, by = (region, depot_no), to = (region, number)))]
pub struct Delivery {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 4)]
    pub region: String,
    pub depot_no: u32,
}

fn main() {}

// A foreign key does not have the type of the column that it references.
use orm::prelude::*;

#[derive(Model)]
pub struct Land {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique)]
    pub number: u32,
}

#[derive(Model)]
pub struct Place {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Land, to = number)]
    pub land_number: u64,
    // right: pub land_number: u32,
}

fn main() {}

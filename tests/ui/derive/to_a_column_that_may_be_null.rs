// A foreign key references a nullable column.
use orm::prelude::*;

#[derive(Model)]
pub struct Land {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 2)]
    pub code: Option<String>,
    // right: pub code: String,
}

#[derive(Model)]
pub struct Place {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Land, to = code, length = 2)]
    pub land_code: String,
}

fn main() {}

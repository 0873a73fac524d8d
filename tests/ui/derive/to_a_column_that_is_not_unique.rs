// A foreign key references a column that is not unique.
use orm::prelude::*;

#[derive(Model)]
pub struct Land {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 2)]
    pub code: String,
    #[orm(length = 40)]
    pub name: String,
}

#[derive(Model)]
pub struct Place {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Land, to = name, length = 40)]
    // right: #[orm(belongs_to = Land, to = code, relation = land, length = 40)]
    pub land_name: String,
}

fn main() {}

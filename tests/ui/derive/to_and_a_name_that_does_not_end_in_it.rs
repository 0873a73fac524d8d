// The relation is called as the field without the column that it points at.
use orm::prelude::*;

#[derive(Model)]
pub struct Land {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 2)]
    pub code: String,
}

#[derive(Model)]
pub struct Place {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Land, to = code, length = 2)]
    // right: #[orm(belongs_to = Land, to = code, relation = land, length = 2)]
    pub of: String,
}

fn main() {}

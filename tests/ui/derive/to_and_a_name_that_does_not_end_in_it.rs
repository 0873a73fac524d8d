// The name of the relation cannot be derived from the field, which does not end in the name of the referenced column.
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

// `to` names a field that the other model does not have.
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
    #[orm(belongs_to = Land, to = coed, length = 2)]
    // right: #[orm(belongs_to = Land, to = code, relation = land, length = 2)]
    pub land_coed: String,
}

fn main() {}

// `to` needs a foreign key.
use orm::prelude::*;

#[derive(Model)]
pub struct Place {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(to = code, length = 2)]
    // right: #[orm(length = 2)]
    pub land_code: String,
}

fn main() {}

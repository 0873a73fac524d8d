// A server indexes texts of a known length.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key)]
    pub id: String,
}

fn main() {}

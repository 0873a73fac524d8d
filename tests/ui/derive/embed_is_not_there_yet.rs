// It is recognised, and refused until it works.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(embed)]
    // right:
    pub value: String,
}

fn main() {}

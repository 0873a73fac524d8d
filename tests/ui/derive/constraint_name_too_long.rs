// A constraint name is longer than 64 characters.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Thing, constraint = "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc")]
    // right: #[orm(belongs_to = Thing, constraint = "c")]
    pub parent_id: Option<u64>,
}

fn main() {}

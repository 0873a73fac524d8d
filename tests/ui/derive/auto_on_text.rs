// An `auto` column must be an integer.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto, length = 9)]
    // right: #[orm(primary_key, length = 9)]
    pub id: String,
}

fn main() {}

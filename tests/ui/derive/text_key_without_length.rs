// A text column in a key needs a length.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key)]
    // right: #[orm(primary_key, length = 36)]
    pub id: String,
}

fn main() {}

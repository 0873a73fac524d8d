// A field has a setter of its name.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub execute: bool,
    // right: #[orm(column = "execute")]
    // right: pub executed: bool,
}

fn main() {}

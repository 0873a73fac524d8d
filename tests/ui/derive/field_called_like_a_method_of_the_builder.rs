// A field has the name of a method of the insert builder.
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

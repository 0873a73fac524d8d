// A field has a setter of its name.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub execute: bool,
}

fn main() {}

// A model has two version columns.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(version)]
    pub a: u32,
    #[orm(version)]
    // right:
    pub b: u32,
}

fn main() {}

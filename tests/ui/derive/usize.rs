// The size of `usize` differs between machines.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub number: usize,
    // right: pub number: u64,
}

fn main() {}

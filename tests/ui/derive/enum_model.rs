// A row is one struct.
use orm::prelude::*;

#[derive(Model)]
pub enum Thing {
// right: pub struct Thing {
// right:     #[orm(primary_key)]
    A,
    // right: a: u64,
}

fn main() {}

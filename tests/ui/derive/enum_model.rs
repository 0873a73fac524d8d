// A model cannot be an enum.
use orm::prelude::*;

#[derive(Model)]
pub enum Thing {
// right: pub struct Thing {
// right:     #[orm(primary_key)]
    A,
    // right: a: u64,
}

fn main() {}

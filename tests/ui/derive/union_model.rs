// A model cannot be a union.
use orm::prelude::*;

#[derive(Model)]
pub union Thing {
// right: pub struct Thing {
// right:     #[orm(primary_key)]
    id: u64,
}

fn main() {}

// A key has at most four columns.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(a, b, c, d, e))]
// right: #[orm(primary_key(a, b, c, d))]
pub struct Thing {
    pub a: u64,
    pub b: u64,
    pub c: u64,
    pub d: u64,
    pub e: u64,
}

fn main() {}

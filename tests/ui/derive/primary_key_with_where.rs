// A primary key cannot have a `where`.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(a, b, where = "a > 1"))]
// right: #[orm(primary_key(a, b))]
pub struct Thing {
    pub a: u64,
    pub b: u64,
}

fn main() {}

// A primary key has more than eight columns.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(a, b, c, d, e, f, g, h, i))]
// right: #[orm(primary_key(a, b, c, d, e, f, g, h))]
pub struct Thing {
    pub a: u64,
    pub b: u64,
    pub c: u64,
    pub d: u64,
    pub e: u64,
    pub f: u64,
    pub g: u64,
    pub h: u64,
    pub i: u64,
}

fn main() {}

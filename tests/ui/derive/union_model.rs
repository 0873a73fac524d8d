// A row is one struct.
use orm::prelude::*;

#[derive(Model)]
pub union Thing {
    id: u64,
}

fn main() {}

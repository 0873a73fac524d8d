// A row is one struct.
use orm::prelude::*;

#[derive(Model)]
pub enum Thing {
    A,
}

fn main() {}

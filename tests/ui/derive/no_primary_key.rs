// A table has a primary key.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    pub name: String,
}

fn main() {}

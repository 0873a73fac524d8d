// What is embedded has columns, and columns have names: so do the fields of a variant.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub enum Address {
    Street(String),
    // right: Street { name: String },
    Box { number: u32 },
}

fn main() {}

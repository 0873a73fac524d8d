// The fields of a variant become columns, so they need names.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub enum Address {
    Street(String),
    // right: Street { name: String },
    Box { number: u32 },
}

fn main() {}

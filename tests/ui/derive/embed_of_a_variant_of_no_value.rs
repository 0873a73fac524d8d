// A field of a variant is a column, and holds what a column can hold.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub enum Payment {
    Card {
        digits: usize,
        // right: digits: u64,
    },
    Cash,
}

fn main() {}

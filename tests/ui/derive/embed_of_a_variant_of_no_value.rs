// A field of a variant cannot be stored in a column.
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

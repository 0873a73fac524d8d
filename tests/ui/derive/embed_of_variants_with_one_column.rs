// The columns of a variant begin with its name, and no two are called the same.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub enum Payment {
    Card {
        number_id: u64,
    },
    CardNumber {
        id: u64,
        // right: text: String,
    },
}

fn main() {}

// Two fields of variants have the same column name.
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

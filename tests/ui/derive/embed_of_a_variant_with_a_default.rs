// A field of a variant has no default: a variant is always set as a whole.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub enum Payment {
    Card {
        #[orm(default = "nobody")]
        // right: #[orm(length = 40)]
        holder: String,
    },
    Cash,
}

fn main() {}

// A variant is given as a whole, so that there is nothing to fill in.
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

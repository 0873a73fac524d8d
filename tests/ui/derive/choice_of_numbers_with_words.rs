// An enum that is stored as numbers has no words.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
#[orm(as = int)]
pub enum Color {
    #[orm(rename = "red")]
    // right: Red = 7,
    Red,
    // right:
}

fn main() {}

// Two variants are stored as the same word.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
pub enum Color {
    #[orm(rename = "red")]
    Red,
    #[orm(rename = "red")]
    // right: #[orm(rename = "rot")]
    Rot,
}

fn main() {}

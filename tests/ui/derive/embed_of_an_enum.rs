// What is embedded is a struct with named fields.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub enum Address {
// right: pub struct Address {
    Street(String),
    // right: pub street: String,
}

fn main() {}

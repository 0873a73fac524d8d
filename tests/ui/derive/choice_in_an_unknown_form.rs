// A choice is stored as text, as an integer or as the server's own enum.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
#[orm(as = blob)]
// right: #[orm(as = text)]
pub enum Color {
    Red,
}

fn main() {}

// An enum is stored as text, as an integer or as the database's own enum.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
#[orm(as = blob)]
// right: #[orm(as = text)]
pub enum Color {
    Red,
}

fn main() {}

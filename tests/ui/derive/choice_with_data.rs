// A column stores only which variant it is.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
pub enum Shape {
    Circle(u32),
    // right: Circle,
}

fn main() {}

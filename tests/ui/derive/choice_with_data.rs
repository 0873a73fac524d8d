// `#[derive(Value)]` cannot store the fields of a variant.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
pub enum Shape {
    Circle(u32),
    // right: Circle,
}

fn main() {}

// A value can only have one field.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
pub struct Point(i32, i32);
// right: pub struct Point(i32);

fn main() {}

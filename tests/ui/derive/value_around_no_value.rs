// A value is around one that a column can hold.
use orm::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct Plain;

#[derive(Value, Debug, Clone, PartialEq)]
pub struct Wrapper(Plain);
// right: pub struct Wrapper(String);

fn main() {}

// A newtype is around a type that cannot be stored in a column.
use orm::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct Plain;

#[derive(Value, Debug, Clone, PartialEq)]
pub struct Wrapper(Plain);
// right: pub struct Wrapper(String);

fn main() {}

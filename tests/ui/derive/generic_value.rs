// A value cannot be generic.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
pub struct Wrapper<T>(T);
// right: pub struct Wrapper(i64);

fn main() {}

// A choice has something to choose.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
pub enum Never {}

fn main() {}

// A value needs a field.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
pub struct Nothing;
// right: pub struct Nothing(String);

fn main() {}

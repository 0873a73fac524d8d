// An enum without variants has no value to store.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
pub enum Never {}
// right: pub enum Never {
// right:     Known,
// right: }

fn main() {}

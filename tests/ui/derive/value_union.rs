// A value cannot be a union.
use orm::prelude::*;

#[derive(Value, Clone, Copy)]
// right: #[derive(Value, Debug, Clone, PartialEq)]
pub union Number {
    // right: pub struct Number(u64);
    signed: i64,
    // right:
    unsigned: u64,
    // right:
}
// right:

fn main() {}

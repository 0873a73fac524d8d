// An embedded struct cannot be generic.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub struct Span<T> {
// right: pub struct Span {
    pub first: T,
    // right: pub first: i32,
}

fn main() {}

// A row cannot be generic.
use orm::prelude::*;

#[derive(Row)]
pub struct Revenue<T> {
    // right: pub struct Revenue {
    pub total: T,
    // right: pub total: Decimal,
}

fn main() {}

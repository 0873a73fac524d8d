// `length` belongs on the column, not on the type of its value.
use orm::prelude::*;

#[derive(Value)]
#[orm(length = 20)]
// right:
pub struct Sku(String);

fn main() {}

// How a value is stored is said by the column.
use orm::prelude::*;

#[derive(Value)]
#[orm(length = 20)]
// right:
pub struct Sku(String);

fn main() {}

// A model cannot be a tuple struct: columns need names.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing(u64);
// right: pub struct Thing {
// right:     #[orm(primary_key, auto)]
// right:     pub id: u64,
// right: }

fn main() {}

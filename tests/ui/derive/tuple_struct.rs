// A column has a name.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing(u64);
// right: pub struct Thing {
// right:     #[orm(primary_key, auto)]
// right:     pub id: u64,
// right: }

fn main() {}

// A model needs fields.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing;
// right: pub struct Thing {
// right:     #[orm(primary_key, auto)]
// right:     pub id: u64,
// right: }

fn main() {}

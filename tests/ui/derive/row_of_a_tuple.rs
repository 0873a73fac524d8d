// A row must have named fields.
use orm::prelude::*;

#[derive(Row)]
pub struct Revenue(String, Option<Decimal>);
// right: pub struct Revenue {
// right:     pub country: String,
// right:     pub total: Option<Decimal>,
// right: }

fn main() {}

// A table has columns.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing;

fn main() {}

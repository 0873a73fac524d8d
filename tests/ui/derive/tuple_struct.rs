// A column has a name.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing(u64);

fn main() {}

// A slip in the name of an option.
use orm::prelude::*;

#[orm::test(bind = ("audit"))]
// right: #[orm::test(binds = ("audit"))]
async fn case(_db: Database) {}

fn main() {}

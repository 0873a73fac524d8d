// The name of a database is a string.
use orm::prelude::*;

#[orm::test(binds = (audit))]
// right: #[orm::test(binds = ("audit"))]
async fn case(_db: Database) {}

fn main() {}

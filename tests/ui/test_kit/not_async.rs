// A database test must be async.
use orm::prelude::*;

#[orm::test(url = "sqlite::memory:")]
fn case(_db: Database) {}
// right: async fn case(_db: Database) {}

fn main() {}

// A test on a database awaits its statements.
use orm::prelude::*;

#[orm::test(url = "sqlite::memory:")]
fn case(_db: Database) {}
// right: async fn case(_db: Database) {}

fn main() {}

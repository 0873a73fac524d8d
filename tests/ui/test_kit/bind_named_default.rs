// The default database has its URL in `url`, and no name.
use orm::prelude::*;

#[orm::test(binds = ("default"))]
// right: #[orm::test(url = "sqlite::memory:")]
async fn case(_db: Database) {}

fn main() {}

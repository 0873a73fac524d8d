// The default database is set with `url`, not in `binds`.
use orm::prelude::*;

#[orm::test(binds = ("default"))]
// right: #[orm::test(url = "sqlite::memory:")]
async fn case(_db: Database) {}

fn main() {}

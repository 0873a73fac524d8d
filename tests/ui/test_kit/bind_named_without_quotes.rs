// A database has a name, and a name is a text.
use orm::prelude::*;

#[orm::test(binds = (audit))]
// right: #[orm::test(binds = ("audit"))]
async fn case(_db: Database) {}

fn main() {}

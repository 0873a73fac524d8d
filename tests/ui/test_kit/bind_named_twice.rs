// Two databases have the same name.
use orm::prelude::*;

#[orm::test(binds = ("audit", "audit"))]
// right: #[orm::test(binds = ("audit", "cache"))]
async fn case(_db: Database) {}

fn main() {}

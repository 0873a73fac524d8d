// A test cannot be generic.
use orm::prelude::*;

#[orm::test]
async fn case<M: Model>(_db: Database) {}
// right: async fn case(_db: Database) {}

fn main() {}

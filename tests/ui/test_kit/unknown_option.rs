// An option is misspelt.
use orm::prelude::*;

#[orm::test(model = (User, Post))]
// right: #[orm::test(models = (User, Post))]
async fn case(_db: Database) {}

fn main() {}

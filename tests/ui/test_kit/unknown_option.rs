// An option that there is not, but for a slip.
use orm::prelude::*;

#[orm::test(model = (User, Post))]
// right: #[orm::test(models = (User, Post))]
async fn case(_db: Database) {}

fn main() {}

// An option is given twice.
use orm::prelude::*;

#[orm::test(url = "sqlite::memory:", url = "sqlite:app.db")]
// right: #[orm::test(url = "sqlite:app.db")]
async fn case(_db: Database) {}

fn main() {}

// A macro must be imported.
use orm::Database;
// right: use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<i64> {
    sql!("SELECT 1").scalar(db).await
}

fn main() {}

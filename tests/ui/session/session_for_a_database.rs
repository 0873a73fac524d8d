// A session is passed to a function that needs a database.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

async fn count(db: &Database) -> orm::Result<i64> {
    User::query().count(db).await
}

pub async fn case(mut s: Session) -> orm::Result<i64> {
    count(&mut s).await
    // right: count(s.database()).await
}

fn main() {}

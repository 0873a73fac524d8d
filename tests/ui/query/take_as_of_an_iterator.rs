// A query is not an iterator: use `limit`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().take(3).all(db).await?;
    // right: User::query().limit(3).all(db).await?;
    Ok(())
}

fn main() {}

// A terminal method needs a database, session or transaction.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case() -> orm::Result<()> {
// right: pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().all().await?;
    // right: User::query().all(db).await?;
    Ok(())
}

fn main() {}

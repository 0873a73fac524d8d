// A database is passed by value instead of `&db`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: Database) -> orm::Result<()> {
    User::query().all(db).await?;
    // right: User::query().all(&db).await?;
    Ok(())
}

fn main() {}

// A statement is run on a text instead of a database.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case() -> orm::Result<()> {
    User::query().all("sqlite::memory:").await?;
    // right: User::query().all(&Database::open("sqlite::memory:")?).await?;
    Ok(())
}

fn main() {}

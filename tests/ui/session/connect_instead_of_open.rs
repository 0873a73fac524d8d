// A database is opened, and connects when a statement needs it.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let shop = Database::connect("sqlite::memory:").await?;
    // right: let shop = Database::open("sqlite::memory:")?;
    assert_eq!(User::query().count(&shop).await? + User::query().count(db).await?, 0);
    Ok(())
}

fn main() {}

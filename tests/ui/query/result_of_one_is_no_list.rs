// `one` returns one row, not a list.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users: Vec<User> = User::query().one(db).await?;
    // right: let users: Vec<User> = User::query().all(db).await?;
    assert!(users.is_empty());
    Ok(())
}

fn main() {}

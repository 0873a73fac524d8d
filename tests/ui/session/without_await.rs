// `?` is used without `.await`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users = User::query().all(db)?;
    // right: let users = User::query().all(db).await?;
    assert!(users.is_empty());
    Ok(())
}

fn main() {}

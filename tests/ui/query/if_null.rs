// To replace NULL, use `coalesce`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.age.if_null(0)).all(db).await?;
    // right: User::query().select(|u| u.age.coalesce(0)).all(db).await?;
    Ok(())
}

fn main() {}

// A nullable column is not an `Option`: NULL is replaced with `coalesce`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.age.unwrap_or(0)).all(db).await?;
    // right: User::query().select(|u| u.age.coalesce(0)).all(db).await?;
    Ok(())
}

fn main() {}

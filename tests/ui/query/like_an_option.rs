// A pattern cannot be an `Option`: use `filter_some`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(pattern: Option<&str>, db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.name.like(pattern)).all(db).await?;
    // right: User::query().filter_some(pattern, |u, pattern| u.name.like(pattern)).all(db).await?;
    Ok(())
}

fn main() {}

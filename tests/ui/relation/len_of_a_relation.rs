// In a query, a relation is not a list: use `count`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.posts().len().gt(3)).all(db).await?;
    // right: User::query().filter(|u| u.posts().count().gt(3)).all(db).await?;
    Ok(())
}

fn main() {}

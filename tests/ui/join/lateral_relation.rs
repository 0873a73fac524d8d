// A lateral join takes a query; a relation is joined by `join`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().join_lateral(|u| u.posts()).all(db).await?;
    // right: User::query().join(|u| u.posts()).all(db).await?;
    Ok(())
}

fn main() {}

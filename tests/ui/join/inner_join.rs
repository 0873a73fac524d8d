// An inner join is `join`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().inner_join(|p| p.author()).all(db).await?;
    // right: Post::query().join(|p| p.author()).all(db).await?;
    Ok(())
}

fn main() {}

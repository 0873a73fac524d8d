// After a join, relations cannot be loaded with `with`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().join(|p| p.author()).with(|p| p.comments()).all(db).await?;
    // right: Post::query().with(|p| p.author()).with(|p| p.comments()).all(db).await?;
    Ok(())
}

fn main() {}

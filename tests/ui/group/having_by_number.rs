// A count is not a condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().group_by(|p| p.author_id).having(|g| g.count()).select(|g| g.key).all(db).await?;
    // right: Post::query().group_by(|p| p.author_id).having(|g| g.count().gt(3)).select(|g| g.key).all(db).await?;
    Ok(())
}

fn main() {}

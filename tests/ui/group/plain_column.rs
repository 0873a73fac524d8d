// After `group_by`, a column that is not in the key cannot be selected.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.title)).all(db).await?;
    // right: Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.max(|p| p.title))).all(db).await?;
    Ok(())
}

fn main() {}

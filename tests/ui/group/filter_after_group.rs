// A filter comes before the group, `having` after it.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().group_by(|p| p.author_id).filter(|p| p.published.is_true()).select(|g| g.key).all(db).await?;
    // right: Post::query().filter(|p| p.published.is_true()).group_by(|p| p.author_id).select(|g| g.key).all(db).await?;
    Ok(())
}

fn main() {}

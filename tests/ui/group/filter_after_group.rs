// `filter` is called after `group_by`: call it before, or use `having`.
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

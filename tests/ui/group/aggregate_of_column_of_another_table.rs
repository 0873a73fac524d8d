// An aggregate uses a column of a table that is not in the query.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().group_by(|p| p.author_id).select(|g| g.max(|p| p.name)).all(db).await?;
    // right: Post::query().group_by(|p| p.author_id).select(|g| g.max(|p| p.title)).all(db).await?;
    Ok(())
}

fn main() {}

// It is unclear whether the rows of each group are counted, or the groups.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().group_by(|p| p.author_id).count(db).await?;
    // right: Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).all(db).await?;
    Ok(())
}

fn main() {}

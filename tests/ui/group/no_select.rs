// A grouped query needs a `select`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().group_by(|p| p.author_id).all(db).await?;
    // right: Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).all(db).await?;
    Ok(())
}

fn main() {}

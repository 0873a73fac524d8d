// `group_by` uses a column of a table that is not in the query.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().group_by(|p| p.name).select(|g| g.key).all(db).await?;
    // right: Post::query().group_by(|p| p.title).select(|g| g.key).all(db).await?;
    Ok(())
}

fn main() {}

// A plain column cannot be used in `having`: use `filter` before `group_by`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().group_by(|p| p.author_id).having(|g| g.title.eq("x")).select(|g| g.key).all(db).await?;
    // right: Post::query().filter(|p| p.title.eq("x")).group_by(|p| p.author_id).select(|g| g.key).all(db).await?;
    Ok(())
}

fn main() {}

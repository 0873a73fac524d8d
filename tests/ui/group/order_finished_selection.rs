// `order_by` is called after `select`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query()
        .group_by(|p| p.author_id)
        .select(|g| (g.key, g.count()))
        // right: .order_by(|g| g.count().desc())
        // right: .select(|g| (g.key, g.count()))
        .order_by(|p| p.title.asc())
        // right:
        .all(db)
        .await?;
    Ok(())
}

fn main() {}

// Distinct whole rows cannot be counted: name a column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().aggregate(|g| g.count_distinct(|p| p)).one(db).await?;
    // right: Post::query().aggregate(|g| g.count_distinct(|p| (p.author_id, p.published))).one(db).await?;
    Ok(())
}

fn main() {}

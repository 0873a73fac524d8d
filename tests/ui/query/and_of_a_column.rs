// `.and(..)` is called on a boolean column, which is not a condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().filter(|p| p.published.and(p.title.eq("Hello"))).all(db).await?;
    // right: Post::query().filter(|p| p.published.is_true().and(p.title.eq("Hello"))).all(db).await?;
    Ok(())
}

fn main() {}

// `!` is Rust's own; use `.is_false()` on a boolean column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().filter(|p| !p.published).all(db).await?;
    // right: Post::query().filter(|p| p.published.is_false()).all(db).await?;
    Ok(())
}

fn main() {}

// A row can only have columns and expressions.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().filter(|p| row((p.id, "a")).eq((1, "a"))).all(db).await?;
    // right: Post::query().filter(|p| row((p.id, p.title)).eq((1, "a"))).all(db).await?;
    Ok(())
}

fn main() {}

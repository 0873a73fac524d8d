// A number column is compared with text.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().filter(|p| p.id.eq("x")).all(db).await?;
    // right: Post::query().filter(|p| p.id.eq(3)).all(db).await?;
    Ok(())
}

fn main() {}

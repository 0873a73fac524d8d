// A column of a related row is misspelt.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().filter(|p| p.author().nmae.eq("x")).all(db).await?;
    // right: Post::query().filter(|p| p.author().name.eq("x")).all(db).await?;
    Ok(())
}

fn main() {}

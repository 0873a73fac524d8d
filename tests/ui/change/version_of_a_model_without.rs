// The model has no version column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::update_by(1).version(1).set(|p| p.title.to("x")).execute(db).await?;
    // right: Post::update_by(1).set(|p| p.title.to("x")).execute(db).await?;
    Ok(())
}

fn main() {}

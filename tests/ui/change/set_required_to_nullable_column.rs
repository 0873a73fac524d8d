// A required column is set to a nullable column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::update().set(|p| p.title.to(p.body)).all_rows().execute(db).await?;
    // right: Post::update().set(|p| p.title.to(p.body.coalesce(""))).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

// Columns of different types are compared.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().filter(|p| p.id.eq(p.title)).all(db).await?;
    // right: Post::query().filter(|p| p.body.eq(p.title)).all(db).await?;
    Ok(())
}

fn main() {}

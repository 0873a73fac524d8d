// Columns of different types are compared in a join.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().join(|p| p.author()).filter(|(p, a)| p.id.eq(a.name)).all(db).await?;
    // right: Post::query().join(|p| p.author()).filter(|(p, a)| p.title.eq(a.name)).all(db).await?;
    Ok(())
}

fn main() {}

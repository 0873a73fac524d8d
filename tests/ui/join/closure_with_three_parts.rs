// After one join, there are two tables, not three.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().join(|p| p.author()).filter(|(p, _, _)| p.id.eq(3)).all(db).await?;
    // right: Post::query().join(|p| p.author()).filter(|(p, _)| p.id.eq(3)).all(db).await?;
    Ok(())
}

fn main() {}

// A join needs the relation, not its foreign key column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().join(|p| p.author_id).all(db).await?;
    // right: Post::query().join(|p| p.author()).all(db).await?;
    Ok(())
}

fn main() {}

// A join uses a relation of the other table in the tuple.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().join(|p| p.author()).join(|(_, a)| a.comments()).all(db).await?;
    // right: Post::query().join(|p| p.author()).join(|(p, _)| p.comments()).all(db).await?;
    Ok(())
}

fn main() {}

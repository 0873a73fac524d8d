// Both sides of a union must select the same types.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.name).union(Post::query().select(|p| p.id)).all(db).await?;
    // right: User::query().select(|u| u.name).union(Post::query().select(|p| p.title)).all(db).await?;
    Ok(())
}

fn main() {}

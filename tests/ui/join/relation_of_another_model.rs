// A join uses a relation of another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().join(|u| u.author()).all(db).await?;
    // right: Post::query().join(|p| p.author()).all(db).await?;
    Ok(())
}

fn main() {}

// The rows are read as another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let posts: Vec<Post> = User::query().all(db).await?;
    // right: let posts: Vec<User> = User::query().all(db).await?;
    assert!(posts.is_empty());
    Ok(())
}

fn main() {}

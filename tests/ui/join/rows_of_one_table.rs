// The rows of a join are pairs.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let posts: Vec<Post> = Post::query().join(|p| p.author()).all(db).await?;
    // right: let posts: Vec<(Post, User)> = Post::query().join(|p| p.author()).all(db).await?;
    assert!(posts.is_empty());
    Ok(())
}

fn main() {}

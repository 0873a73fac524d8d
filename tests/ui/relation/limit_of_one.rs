// A relation to one row cannot be limited.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<Vec<(Post, User)>> {
    Post::query().with(|p| p.author().limit(1)).all(db).await
    // right: Post::query().with(|p| p.author()).all(db).await
}

fn main() {}

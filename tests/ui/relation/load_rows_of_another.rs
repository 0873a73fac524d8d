// Relations are loaded for rows of another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database, posts: Vec<Post>) -> orm::Result<()> {
    User::load(&posts, |u| u.posts()).all(db).await?;
    // right: Post::load(&posts, |p| p.comments()).all(db).await?;
    Ok(())
}

fn main() {}

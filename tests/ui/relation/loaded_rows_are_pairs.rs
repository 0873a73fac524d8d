// With a loaded relation, the rows are pairs.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users: Vec<User> = User::query().with(|u| u.posts()).all(db).await?;
    // right: let users: Vec<(User, Vec<Post>)> = User::query().with(|u| u.posts()).all(db).await?;
    assert!(users.is_empty());
    Ok(())
}

fn main() {}

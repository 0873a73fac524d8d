// The optional side of a left join is an `Option`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let rows: Vec<(User, Post)> = User::query().left_join(|u| u.posts()).all(db).await?;
    // right: let rows: Vec<(User, Option<Post>)> = User::query().left_join(|u| u.posts()).all(db).await?;
    assert!(rows.is_empty());
    Ok(())
}

fn main() {}

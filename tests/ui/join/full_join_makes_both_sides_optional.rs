// Both sides of a full join are optional, so they are `Option`s.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let _rows: Vec<(User, Option<Post>)> = User::query().full_join(|u| u.posts()).all(db).await?;
    // right: let _rows: Vec<(Option<User>, Option<Post>)> = User::query().full_join(|u| u.posts()).all(db).await?;
    Ok(())
}

fn main() {}

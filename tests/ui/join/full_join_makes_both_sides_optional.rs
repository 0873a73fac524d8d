// A full join keeps rows of either side without the other: both are `Option`s.
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

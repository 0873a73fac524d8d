// There is no lazy loading: a row has no field with its related rows.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let user = User::find(1).one(db).await?;
    // right: let (_user, posts) = User::find(1).with(|u| u.posts()).one(db).await?;
    for post in &user.posts {
    // right: for post in &posts {
        println!("{post:?}");
    }
    Ok(())
}

fn main() {}

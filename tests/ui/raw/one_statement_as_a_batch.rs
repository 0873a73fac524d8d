// A batch needs several statements, in a tuple.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users = orm::batch(User::query()).run(db).await?;
    // right: let (users, posts) = orm::batch((User::query(), Post::query())).run(db).await?;
    Ok(())
}

fn main() {}

// A batch takes statements without terminal methods.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let (users, count) = orm::batch((User::query(), Post::query().count(db))).run(db).await?;
    // right: let (users, count) = orm::batch((User::query(), Post::query())).run(db).await?;
    Ok(())
}

fn main() {}

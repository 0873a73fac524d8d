// The rows are of another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database, users: Vec<User>) -> orm::Result<()> {
    Post::insert_all(users).execute(db).await?;
    // right: User::insert_all(users).execute(db).await?;
    Ok(())
}

fn main() {}

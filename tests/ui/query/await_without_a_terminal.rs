// A query is awaited without a terminal method.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users: Vec<User> = User::query().filter(|u| u.age.ge(18)).await?;
    // right: let users: Vec<User> = User::query().filter(|u| u.age.ge(18)).all(db).await?;
    Ok(())
}

fn main() {}

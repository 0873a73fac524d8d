// A query is awaited, and nothing says what it is to give.
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

// A model needs an `@` in braces.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users: Vec<User> = sql!("SELECT * FROM {User}").all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User}").all(db).await?;
    Ok(())
}

fn main() {}

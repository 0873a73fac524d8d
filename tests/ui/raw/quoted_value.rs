// A value in braces is in quotes.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let name = "Ann";
    let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE name = '{name}'").all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE name = {name}").all(db).await?;
    Ok(())
}

fn main() {}

// Braces take a name, not an expression.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let id = 1;
    let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id = {id + 1}").all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id = {next}", next = id + 1).all(db).await?;
    Ok(())
}

fn main() {}

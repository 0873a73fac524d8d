// A value in braces is not a variable in scope.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id = {id}").all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id = {id}", id = 1).all(db).await?;
    Ok(())
}

fn main() {}

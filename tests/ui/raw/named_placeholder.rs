// A value is written as a named placeholder of other libraries.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let id = 1;
    let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id = :id").all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id = {id}").all(db).await?;
    Ok(())
}

fn main() {}

// An argument is not used in the text.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id = 1", id = 1).all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id = {id}", id = 1).all(db).await?;
    Ok(())
}

fn main() {}

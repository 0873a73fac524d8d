// A model does not exist.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users: Vec<User> = sql!("SELECT * FROM {@Usr}").all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User}").all(db).await?;
    Ok(())
}

fn main() {}

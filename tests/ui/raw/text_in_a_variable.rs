// The text of the macro is not a literal.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let text = "SELECT * FROM users";
    let users: Vec<User> = sql!(text).all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User}").all(db).await?;
    Ok(())
}

fn main() {}

// A statement is made of text built at run time, which may contain user input.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let text = String::from("SELECT * FROM users");
    let users: Vec<User> = orm::raw::sql(text).all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User}").all(db).await?;
    Ok(())
}

fn main() {}

// A number behind a dollar sign stands where a value in braces belongs.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id = $1").all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id = {id}", id = 1).all(db).await?;
    assert_eq!(users, []);
    Ok(())
}

fn main() {}

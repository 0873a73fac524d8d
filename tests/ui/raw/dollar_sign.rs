// `$1` is not a placeholder: values go in braces.
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

// A pattern in quotes contains a value in braces.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let name = "n";
    let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE name LIKE '%{name}%'").all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE name LIKE {pattern}", pattern = format!("%{name}%")).all(db).await?;
    Ok(())
}

fn main() {}

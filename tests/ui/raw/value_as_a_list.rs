// A single value is bound as a list.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let id = 1_u64;
    let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id IN ({..id})").all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id IN ({id})").all(db).await?;
    Ok(())
}

fn main() {}

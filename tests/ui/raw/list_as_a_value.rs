// A list is bound as a single value.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let ids = vec![1_u64, 2];
    let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id IN ({ids})").all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id IN ({..ids})").all(db).await?;
    Ok(())
}

fn main() {}

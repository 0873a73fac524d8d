// An update returns how many rows matched, not the rows.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users: Vec<User> = User::update().set(|u| u.name.to("x")).all_rows().execute(db).await?;
    // right: let users: Vec<User> = User::update().set(|u| u.name.to("x")).all_rows().returning(db).await?;
    assert!(users.is_empty());
    Ok(())
}

fn main() {}

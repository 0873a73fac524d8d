// A list cannot hold models, only the values that are needed.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(users: Vec<User>, db: &Database) -> orm::Result<()> {
    let list = values(users);
    // right: let list = values(users.into_iter().map(|u| (u.id, u.name)));
    assert_eq!(list.count(db).await?, 2);
    Ok(())
}

fn main() {}

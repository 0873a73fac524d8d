// `?` comes after `.await`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let users = User::query().all(db)?;
    assert!(users.is_empty());
    Ok(())
}

fn main() {}

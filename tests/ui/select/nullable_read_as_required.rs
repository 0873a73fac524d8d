// A nullable column is not read as an `Option`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let ages: Vec<i32> = User::query().select(|u| u.age).all(db).await?;
    // right: let ages: Vec<Option<i32>> = User::query().select(|u| u.age).all(db).await?;
    assert!(ages.is_empty());
    Ok(())
}

fn main() {}

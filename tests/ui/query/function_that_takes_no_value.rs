// A declared function takes a type that no column can store.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

orm::function! { fn joined(texts: Vec<String>) -> String = "CONCAT"; }
// right: orm::function! { fn joined(one: String, other: String) -> String = "CONCAT"; }

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.id).all(db).await?;
    Ok(())
}

fn main() {}

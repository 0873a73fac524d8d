// A declared function returns a type that no column can store.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

orm::function! { fn everything(text: String) -> Vec<String> = "EVERYTHING"; }
// right: orm::function! { fn everything(text: String) -> Option<String> = "EVERYTHING"; }

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.id).all(db).await?;
    Ok(())
}

fn main() {}

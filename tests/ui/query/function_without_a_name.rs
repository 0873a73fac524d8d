// A declared function needs its SQL name.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

orm::function! { fn hex(text: String) -> String; }
// right: orm::function! { fn hex(text: String) -> String = "HEX"; }

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().count(db).await?;
    Ok(())
}

fn main() {}

// The SQL name of a declared function has invalid characters.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

orm::function! { fn sleep() -> Option<i64> = "SLEEP(1); --"; }
// right: orm::function! { fn sleep() -> Option<i64> = "SLEEP"; }

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|_| sleep()).all(db).await?;
    Ok(())
}

fn main() {}

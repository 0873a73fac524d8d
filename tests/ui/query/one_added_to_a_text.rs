// 2 errors: a number is added to a text column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let _ = User::query().select(|u| u.name + 1).all(db).await?;
    // right: let _ = User::query().select(|u| u.name.char_length() + 1).all(db).await?;
    Ok(())
}

fn main() {}

// In a query, a column is not a `String`: use `char_length`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.name.len().gt(3)).all(db).await?;
    // right: User::query().filter(|u| u.name.char_length().gt(3)).all(db).await?;
    Ok(())
}

fn main() {}

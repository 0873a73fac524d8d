// A number of statements must be a number or a range.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    orm::assert_statements!(db, "2", User::query().count(db).await?);
    // right: orm::assert_statements!(db, 2, User::query().count(db).await?);
    Ok(())
}

fn main() {}

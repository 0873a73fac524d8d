// A column is not an `Option` in a query: use `.is_null()`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.is_none()).all(db).await?;
    // right: User::query().filter(|u| u.age.is_null()).all(db).await?;
    Ok(())
}

fn main() {}

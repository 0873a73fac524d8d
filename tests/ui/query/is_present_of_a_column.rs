// `is_present` is for rows; use `.is_not_null()` for a column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.is_present()).all(db).await?;
    // right: User::query().filter(|u| u.age.is_not_null()).all(db).await?;
    Ok(())
}

fn main() {}

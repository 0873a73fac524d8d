// What is missing in a row is NULL; `None` it is when it has been read.
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

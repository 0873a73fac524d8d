// A required column is tested for NULL.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.name.is_null()).all(db).await?;
    // right: User::query().filter(|u| u.age.is_null()).all(db).await?;
    Ok(())
}

fn main() {}

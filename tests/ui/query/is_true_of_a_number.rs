// Only a boolean column can be tested for truth.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.is_true()).all(db).await?;
    // right: User::query().filter(|u| u.active.is_true()).all(db).await?;
    Ok(())
}

fn main() {}

// A boolean column is not a condition: use `.is_true()`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.active).all(db).await?;
    // right: User::query().filter(|u| u.active.is_true()).all(db).await?;
    Ok(())
}

fn main() {}

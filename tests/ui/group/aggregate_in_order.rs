// Rows cannot be ordered by an aggregate without a group.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().order_by(|u| u.age.sum().desc()).all(db).await?;
    Ok(())
}

fn main() {}

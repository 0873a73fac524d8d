// Rows cannot be grouped by a condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().group_by(|u| u.age.ge(18)).select(|g| g.count()).all(db).await?;
    // right: User::query().group_by(|u| u.age.ge(18).known()).select(|g| g.count()).all(db).await?;
    Ok(())
}

fn main() {}

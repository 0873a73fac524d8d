// Rows cannot be ordered by a condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().order_by(|u| u.age.ge(18)).all(db).await?;
    // right: User::query().order_by(|u| u.age.ge(18).known().desc()).all(db).await?;
    Ok(())
}

fn main() {}

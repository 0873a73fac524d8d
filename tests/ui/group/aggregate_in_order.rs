// Rows without a group cannot be ordered by an aggregate.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().order_by(|u| u.age.sum().desc()).all(db).await?;
    // right: User::query().group_by(|u| u.name).order_by(|g| g.sum(|u| u.age).desc()).select(|g| g.key).all(db).await?;
    Ok(())
}

fn main() {}

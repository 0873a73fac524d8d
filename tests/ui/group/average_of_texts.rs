// A text column has no average.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().group_by(|u| u.active).select(|g| g.avg(|u| u.name)).all(db).await?;
    // right: User::query().group_by(|u| u.active).select(|g| g.avg(|u| u.age)).all(db).await?;
    Ok(())
}

fn main() {}

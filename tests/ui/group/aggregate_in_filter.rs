// An aggregate cannot be used in a filter: use `having`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.max().gt(18)).all(db).await?;
    // right: User::query().group_by(|u| u.name).having(|g| g.max(|u| u.age).gt(18)).select(|g| g.key).all(db).await?;
    Ok(())
}

fn main() {}

// An aggregate cannot be selected with plain columns without a group.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| (u.name, u.age.max())).all(db).await?;
    // right: User::query().group_by(|u| u.name).select(|g| (g.key, g.max(|u| u.age))).all(db).await?;
    Ok(())
}

fn main() {}

// `group_by` is called after `select`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.name).group_by(|u| u.name).all(db).await?;
    // right: User::query().group_by(|u| u.name).select(|g| (g.key, g.count())).all(db).await?;
    Ok(())
}

fn main() {}

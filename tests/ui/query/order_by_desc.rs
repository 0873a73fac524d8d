// The direction belongs to the column: use `.desc()`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().order_by_desc(|u| u.name).all(db).await?;
    // right: User::query().order_by(|u| u.name.desc()).all(db).await?;
    Ok(())
}

fn main() {}

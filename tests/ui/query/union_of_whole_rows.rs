// A union needs queries with a `select`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().union(User::query()).all(db).await?;
    // right: User::query().select(|u| u.id).union(User::query().select(|u| u.id)).all(db).await?;
    Ok(())
}

fn main() {}

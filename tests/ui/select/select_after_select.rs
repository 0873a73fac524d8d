// `select` is called twice.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.name).select(|u| u.name.upper()).all(db).await?;
    // right: User::query().select(|u| u.name.upper()).all(db).await?;
    Ok(())
}

fn main() {}

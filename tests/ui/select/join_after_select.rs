// `join` is called after `select`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.name).join(|u| u.posts()).all(db).await?;
    // right: User::query().join(|u| u.posts()).select(|(u, _)| u.name).all(db).await?;
    Ok(())
}

fn main() {}

// Only JSON documents have parts.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.name.at("theme").is_null()).all(db).await?;
    // right: User::query().filter(|u| u.name.eq("theme")).all(db).await?;
    Ok(())
}

fn main() {}

// `starts_with` needs a text column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.starts_with("x")).all(db).await?;
    // right: User::query().filter(|u| u.name.starts_with("x")).all(db).await?;
    Ok(())
}

fn main() {}

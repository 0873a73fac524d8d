// `starts_with` needs text, not a number.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.name.starts_with(7)).all(db).await?;
    // right: User::query().filter(|u| u.name.starts_with("7")).all(db).await?;
    Ok(())
}

fn main() {}

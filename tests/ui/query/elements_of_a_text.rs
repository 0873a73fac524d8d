// Only JSON documents have elements.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.name.elements().is_present()).all(db).await?;
    // right: User::query().filter(|u| u.name.ne("")).all(db).await?;
    Ok(())
}

fn main() {}

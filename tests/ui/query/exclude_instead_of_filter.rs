// To exclude rows, filter by the opposite condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().exclude(|u| u.name.eq("Ann")).all(db).await?;
    // right: User::query().filter(|u| u.name.ne("Ann")).all(db).await?;
    Ok(())
}

fn main() {}

// A text is not a condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.name).all(db).await?;
    // right: User::query().filter(|u| u.name.eq("Ann")).all(db).await?;
    Ok(())
}

fn main() {}

// Only a query has rows.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.gt_every([1, 2])).all(db).await?;
    Ok(())
}

fn main() {}

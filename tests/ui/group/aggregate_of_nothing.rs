// `max` needs a column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().aggregate(|g| g.max()).one(db).await?;
    // right: User::query().aggregate(|g| g.max(|u| u.age)).one(db).await?;
    Ok(())
}

fn main() {}

// Only numbers have a standard deviation.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().aggregate(|g| g.stddev_pop(|u| u.name)).one(db).await?;
    // right: User::query().aggregate(|g| g.stddev_pop(|u| u.age)).one(db).await?;
    Ok(())
}

fn main() {}

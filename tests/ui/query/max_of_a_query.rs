// An aggregate needs a group, or `aggregate` over all rows.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let oldest = User::query().max(|u| u.age).one(db).await?;
    // right: let oldest: Option<i32> = User::query().aggregate(|g| g.max(|u| u.age)).one(db).await?;
    Ok(())
}

fn main() {}

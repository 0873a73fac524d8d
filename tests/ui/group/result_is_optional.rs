// The maximum of no rows is NULL, so it is an `Option`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let oldest: i32 = User::query().aggregate(|g| g.max(|u| u.age)).one(db).await?;
    // right: let oldest: Option<i32> = User::query().aggregate(|g| g.max(|u| u.age)).one(db).await?;
    assert!(oldest > 0);
    // right: assert!(oldest > Some(0));
    Ok(())
}

fn main() {}

// To get one row, call `one`, or `optional` if there may be none.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.eq(1)).fetch_one(db).await?;
    // right: User::query().filter(|u| u.id.eq(1)).one(db).await?;
    Ok(())
}

fn main() {}

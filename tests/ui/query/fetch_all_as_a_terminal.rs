// To get all rows, call `all`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().fetch_all(db).await?;
    // right: User::query().all(db).await?;
    Ok(())
}

fn main() {}

// To learn whether there are rows, call `exists`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().any(db).await?;
    // right: User::query().exists(db).await?;
    Ok(())
}

fn main() {}

// A database is passed in an `Arc`: it needs none, so clone it and pass `&db`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: std::sync::Arc<Database>) -> orm::Result<()> {
    User::query().all(&db).await?;
    // right: User::query().all(&*db).await?;
    Ok(())
}

fn main() {}

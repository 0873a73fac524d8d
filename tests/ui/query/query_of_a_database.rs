// A query starts with its model: pass the database to its terminal method.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.query::<User>().all().await?;
    // right: User::query().all(db).await?;
    Ok(())
}

fn main() {}

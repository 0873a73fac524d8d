// A limit cannot be negative.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let rows: i64 = 20;
    // right: let rows: u64 = 20;
    User::query().limit(rows).all(db).await?;
    Ok(())
}

fn main() {}

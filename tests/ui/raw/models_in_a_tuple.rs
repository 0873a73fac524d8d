// A row of raw SQL cannot be read as a tuple with a model in it.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let rows: Vec<(User, i64)> = sql!("SELECT *, 1 FROM {@User}").all(db).await?;
    // right: let rows: Vec<(u64, i64)> = sql!("SELECT id, 1 FROM {@User}").all(db).await?;
    Ok(())
}

fn main() {}

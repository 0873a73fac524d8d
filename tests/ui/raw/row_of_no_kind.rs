// A row of raw SQL is read as a type that is not a row.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    struct Plain;
    // right: #[derive(Row)]
    // right: struct Plain {
    // right:     id: u64,
    // right: }
    let rows: Vec<Plain> = sql!("SELECT * FROM {@User}").all(db).await?;
    Ok(())
}

fn main() {}

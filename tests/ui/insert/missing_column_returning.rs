// A required column has no value, in an insert with `returning`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let ann = User::insert().email("ann@example.org").returning(db).await?;
    // right: let ann = User::insert().email("ann@example.org").name("Ann").returning(db).await?;
    assert_eq!(ann.id, 1);
    Ok(())
}

fn main() {}

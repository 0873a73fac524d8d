// A text column is set to a number.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert().email("ann@example.org").name(41).execute(db).await?;
    // right: User::insert().email("ann@example.org").name("Ann").age(41).execute(db).await?;
    Ok(())
}

fn main() {}

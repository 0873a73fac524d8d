// A required column has no value.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert().name("Ann").execute(db).await?;
    // right: User::insert().email("ann@example.org").name("Ann").execute(db).await?;
    Ok(())
}

fn main() {}

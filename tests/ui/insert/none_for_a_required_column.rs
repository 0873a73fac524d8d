// A required column is set to `None`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert().email("ann@example.org").name(None).execute(db).await?;
    // right: User::insert().email("ann@example.org").name("Ann").age(None).execute(db).await?;
    Ok(())
}

fn main() {}

// An insert is awaited without `.execute(..)`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert().email("a@b").name("Ann").await?;
    // right: User::insert().email("a@b").name("Ann").execute(db).await?;
    Ok(())
}

fn main() {}

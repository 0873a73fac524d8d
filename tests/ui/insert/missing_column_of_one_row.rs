// A required column has no value in one of several rows.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert_all([
        User::insert().email("ann@example.org").name("Ann"),
        User::insert().name("Bob"),
        // right: User::insert().email("bob@example.org").name("Bob"),
    ])
    .execute(db)
    .await?;
    Ok(())
}

fn main() {}

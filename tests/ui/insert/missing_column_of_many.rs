// A required column has no value in a list of builders.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert_all(["Ann", "Bob"].map(|name| User::insert().name(name))).execute(db).await?;
    // right: User::insert_all(["Ann", "Bob"].map(|name| User::insert().email(name).name(name))).execute(db).await?;
    Ok(())
}

fn main() {}

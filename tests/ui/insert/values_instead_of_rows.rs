// Values are inserted instead of rows.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert_all(["Ann", "Bob"]).execute(db).await?;
    // right: User::insert_all(["Ann", "Bob"].map(|name| User::insert().email(name).name(name))).execute(db).await?;
    Ok(())
}

fn main() {}

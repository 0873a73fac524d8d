// A required column is set to an `Option`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let name: Option<String> = None;
    User::insert().email("ann@example.org").name(name).execute(db).await?;
    // right: User::insert().email("ann@example.org").name(name.unwrap_or_default()).execute(db).await?;
    Ok(())
}

fn main() {}

// A column's name is misspelt.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.nmae.eq("s")).all(db).await?;
    // right: User::query().filter(|u| u.name.eq("s")).all(db).await?;
    Ok(())
}

fn main() {}

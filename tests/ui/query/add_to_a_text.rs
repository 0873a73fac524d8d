// Arithmetic needs a number column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.name.add("x").eq("y")).all(db).await?;
    // right: User::query().filter(|u| u.name.concat("x").eq("y")).all(db).await?;
    Ok(())
}

fn main() {}

// JSON has no exact decimals, so they are collected as texts.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().aggregate(|g| g.json_array(|u| u.age.cast::<Decimal>())).one(db).await?;
    // right: User::query().aggregate(|g| g.json_array(|u| u.age.cast::<String>())).one(db).await?;
    Ok(())
}

fn main() {}

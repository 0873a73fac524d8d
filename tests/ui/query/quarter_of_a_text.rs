// Only a date has a quarter.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.name.quarter()).all(db).await?;
    // right: User::query().select(|u| u.name.cast::<NaiveDate>().quarter()).all(db).await?;
    Ok(())
}

fn main() {}

// Only a date has a year.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.year().eq(2020)).all(db).await?;
    // right: User::query().filter(|u| u.age.eq(2020)).all(db).await?;
    Ok(())
}

fn main() {}

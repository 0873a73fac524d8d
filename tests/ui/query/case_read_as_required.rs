// A `case` with a nullable value is read as required.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn run(db: &Database) -> orm::Result<()> {
    let _ages: Vec<i32> = User::query().select(|u| case().when(u.name.eq("Ann"), 0).otherwise(u.age)).all(db).await?;
    // right: let _ages: Vec<Option<i32>> = User::query().select(|u| case().when(u.name.eq("Ann"), 0).otherwise(u.age)).all(db).await?;
    Ok(())
}

fn main() {}

// A column is compared with an `Option`: `= NULL` is never true.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let age: Option<i32> = None;
    User::query().filter(|u| u.age.eq(age)).all(db).await?;
    // right: User::query().filter(|u| u.age.same_as(age)).all(db).await?;
    Ok(())
}

fn main() {}

// 2 errors: two required columns have no value in a list of builders.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert_all([1, 2].map(|age| User::insert().age(age))).execute(db).await?;
    // right: User::insert_all([1, 2].map(|age| User::insert().email("a").name("A").age(age))).execute(db).await?;
    Ok(())
}

fn main() {}

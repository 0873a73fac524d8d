// A required field of a row is read from a nullable column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Row)]
pub struct Person {
    name: String,
    age: i32,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| PersonFields { name: u.name, age: u.age }).all(db).await?;
    // right: User::query().select(|u| PersonFields { name: u.name, age: u.age.coalesce(0) }).all(db).await?;
    Ok(())
}

fn main() {}

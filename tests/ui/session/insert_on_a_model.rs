// A statement is run on a model instead of a database.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(user: User) -> orm::Result<()> {
// right: pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert().email("a@example.org").name("A").execute(&user).await?;
    // right: User::insert().email("a@example.org").name("A").execute(db).await?;
    Ok(())
}

fn main() {}

// SQL is built with `format!`: use the braces of the macro, which bind values.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database, name: &str) -> orm::Result<()> {
    let users: Vec<User> = sql!(format!("SELECT * FROM users WHERE name = '{name}'")).all(db).await?;
    // right: let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE name = {name}").all(db).await?;
    Ok(())
}

fn main() {}

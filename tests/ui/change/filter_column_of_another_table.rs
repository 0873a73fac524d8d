// An update is filtered by a column of another table.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|u| u.name.to("x")).filter(|u| u.title.eq("x")).execute(db).await?;
    // right: User::update().set(|u| u.name.to("x")).filter(|u| u.email.eq("x")).execute(db).await?;
    Ok(())
}

fn main() {}

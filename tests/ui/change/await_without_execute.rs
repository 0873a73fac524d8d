// An update is awaited without `.execute(..)`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update_by(1).set(|u| u.name.to("x")).await?;
    // right: User::update_by(1).set(|u| u.name.to("x")).execute(db).await?;
    Ok(())
}

fn main() {}

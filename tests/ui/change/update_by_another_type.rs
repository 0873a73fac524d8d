// The key passed to `update_by` has the wrong type.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update_by("1").set(|u| u.name.to("x")).execute(db).await?;
    // right: User::update_by(1).set(|u| u.name.to("x")).execute(db).await?;
    Ok(())
}

fn main() {}

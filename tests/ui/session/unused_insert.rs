// An insert does nothing until it is executed.
#![deny(unused_must_use)]
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert().email("ann@example.org").name("Ann");
    // right: User::insert().email("ann@example.org").name("Ann").execute(db).await?;
    db.ping().await?;
    Ok(())
}

fn main() {}

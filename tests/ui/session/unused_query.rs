// A query does nothing until a terminal method runs it.
#![deny(unused_must_use)]
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.eq(3));
    // right: User::query().filter(|u| u.id.eq(3)).optional(db).await?;
    db.ping().await?;
    Ok(())
}

fn main() {}

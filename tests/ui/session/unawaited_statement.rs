// A statement does nothing until it is awaited.
#![deny(unused_must_use)]
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::delete().all_rows().execute(db);
    // right: User::delete().all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

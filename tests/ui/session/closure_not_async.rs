// The closure of a transaction is async.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.transaction().run(|tx| Post::query().count(tx)).await?;
    Ok(())
}

fn main() {}

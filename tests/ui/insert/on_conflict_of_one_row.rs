// `on_conflict` needs a list of rows, also for a single row.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let ann = User::insert().email("ann@example.org").name("Ann");
    ann.on_conflict(|u| u.email).ignore().execute(db).await?;
    // right: User::insert_all([ann]).on_conflict(|u| u.email).ignore().execute(db).await?;
    Ok(())
}

fn main() {}

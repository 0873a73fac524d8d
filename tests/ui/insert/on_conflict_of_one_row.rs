// Rows that may be there already are inserted as a list, if it is of one.
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

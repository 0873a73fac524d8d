// A delete without a filter would delete every row.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::delete().execute(db).await?;
    // right: User::delete().filter(|u| u.active.is_false()).execute(db).await?;
    Ok(())
}

fn main() {}

// `select` uses a column of a table that is not in the query.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.title).all(db).await?;
    // right: User::query().select(|u| u.name).all(db).await?;
    Ok(())
}

fn main() {}

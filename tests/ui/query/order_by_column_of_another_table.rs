// Rows are ordered by a column of a table that the query does not read.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().order_by(|u| u.title.asc()).all(db).await?;
    // right: User::query().order_by(|u| u.name.asc()).all(db).await?;
    Ok(())
}

fn main() {}

// A column of a table that the query does not read is selected, also as a part of a tuple.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| (u.name, u.title)).all(db).await?;
    // right: User::query().select(|u| (u.name, u.email)).all(db).await?;
    Ok(())
}

fn main() {}

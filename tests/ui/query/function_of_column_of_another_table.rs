// A function uses a column of a table that is not in the query.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.name.concat(u.title).eq("x")).all(db).await?;
    // right: User::query().filter(|u| u.name.concat(u.email).eq("x")).all(db).await?;
    Ok(())
}

fn main() {}

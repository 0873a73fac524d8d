// An update sets a column of another table.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|u| u.title.to("x")).all_rows().execute(db).await?;
    // right: User::update().set(|u| u.name.to("x")).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

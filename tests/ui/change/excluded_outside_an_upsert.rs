// Only an upsert has the row that could not be inserted.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|u, new| u.name.to(new.name)).all_rows().execute(db).await?;
    // right: User::update().set(|u| u.name.to(u.email)).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

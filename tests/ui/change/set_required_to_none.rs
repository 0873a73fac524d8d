// A required column is set to `None`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|u| u.name.to(None)).all_rows().execute(db).await?;
    // right: User::update().set(|u| u.age.to(None)).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

// A number column is set to text.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|u| u.id.to("x")).all_rows().execute(db).await?;
    // right: User::update().set(|u| u.id.to(3)).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

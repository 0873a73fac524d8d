// A column alone is not an assignment.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|u| u.name).all_rows().execute(db).await?;
    // right: User::update().set(|u| u.name.to("x")).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

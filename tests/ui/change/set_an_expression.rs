// Only a column can be set, not an expression.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|u| u.name.lower().to("ann")).all_rows().execute(db).await?;
    // right: User::update().set(|u| u.name.to("ann")).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

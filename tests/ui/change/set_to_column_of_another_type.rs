// A column is set to a column of another type.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|u| u.id.to(u.name)).all_rows().execute(db).await?;
    // right: User::update().set(|u| u.email.to(u.name)).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

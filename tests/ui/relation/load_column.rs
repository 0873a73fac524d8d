// A column cannot be loaded with the rows.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().with(|u| u.name).all(db).await?;
    // right: User::query().with(|u| u.posts()).all(db).await?;
    Ok(())
}

fn main() {}

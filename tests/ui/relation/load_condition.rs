// A condition cannot be loaded with the rows.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().with(|u| u.posts().any(|p| p.published.is_true())).all(db).await?;
    // right: User::query().with(|u| u.posts().filter(|p| p.published.is_true())).all(db).await?;
    Ok(())
}

fn main() {}

// `any` needs a condition, not a column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.posts().any(|p| p.published)).all(db).await?;
    // right: User::query().filter(|u| u.posts().any(|p| p.published.is_true())).all(db).await?;
    Ok(())
}

fn main() {}

// A join takes a whole relation: put the condition into `filter`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().join(|u| u.posts().filter(|p| p.published.is_true())).all(db).await?;
    // right: User::query().join(|u| u.posts()).filter(|(_, p)| p.published.is_true()).all(db).await?;
    Ok(())
}

fn main() {}

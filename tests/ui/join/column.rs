// A join needs a relation, not a column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().join(|u| u.name).all(db).await?;
    // right: User::query().join(|u| u.posts()).all(db).await?;
    Ok(())
}

fn main() {}

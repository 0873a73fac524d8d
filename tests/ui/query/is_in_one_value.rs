// `is_in` needs a list or a query, not one value.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.is_in(3)).all(db).await?;
    // right: User::query().filter(|u| u.id.is_in([3])).all(db).await?;
    Ok(())
}

fn main() {}

// The list of `is_in` does not have the type of the column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.is_in(["a", "b"])).all(db).await?;
    // right: User::query().filter(|u| u.id.is_in([1, 2])).all(db).await?;
    Ok(())
}

fn main() {}

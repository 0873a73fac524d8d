// The methods of a model are in the trait `Model`, which must be imported.
use orm::Database;
// right: use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().all(db).await?;
    Ok(())
}

fn main() {}

// The key passed to `find` has the wrong type.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::find("ann").one(db).await?;
    // right: User::find(3).one(db).await?;
    Ok(())
}

fn main() {}

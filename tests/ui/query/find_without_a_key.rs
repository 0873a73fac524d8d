// `find` needs a key.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::find().all(db).await?;
    // right: User::query().all(db).await?;
    Ok(())
}

fn main() {}

// The primary key is one column, not two.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::find((1, 2)).one(db).await?;
    // right: User::find(1).one(db).await?;
    Ok(())
}

fn main() {}

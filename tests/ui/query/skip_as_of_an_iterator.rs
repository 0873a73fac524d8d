// A query is not an iterator: use `offset`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().order_by(|u| u.id.asc()).skip(20).limit(10).all(db).await?;
    // right: User::query().order_by(|u| u.id.asc()).offset(20).limit(10).all(db).await?;
    Ok(())
}

fn main() {}

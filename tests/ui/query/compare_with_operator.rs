// `>` compares in Rust and gives a `bool`; use `.gt(..)` for a condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age > 18).all(db).await?;
    // right: User::query().filter(|u| u.age.gt(18)).all(db).await?;
    Ok(())
}

fn main() {}

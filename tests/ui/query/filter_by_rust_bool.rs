// A Rust `bool` is not a condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|_| true).all(db).await?;
    // right: User::query().filter(|u| u.active.eq(true)).all(db).await?;
    Ok(())
}

fn main() {}

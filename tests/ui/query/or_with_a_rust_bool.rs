// A Rust `bool` is passed to `.or(..)`, which needs a condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.ge(18).or(true)).all(db).await?;
    // right: User::query().filter(|u| u.age.ge(18).or(u.active.eq(true))).all(db).await?;
    Ok(())
}

fn main() {}

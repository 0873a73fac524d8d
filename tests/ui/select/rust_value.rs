// A Rust value cannot be selected without `value(..)`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| (u.name, "x")).all(db).await?;
    // right: User::query().select(|u| (u.name, value("x".to_owned()))).all(db).await?;
    Ok(())
}

fn main() {}

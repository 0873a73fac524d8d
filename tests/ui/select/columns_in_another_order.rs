// The values are read in another order than they are selected.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let rows: Vec<(String, u64)> = User::query().select(|u| (u.id, u.name)).all(db).await?;
    // right: let rows: Vec<(String, u64)> = User::query().select(|u| (u.name, u.id)).all(db).await?;
    assert!(rows.is_empty());
    Ok(())
}

fn main() {}

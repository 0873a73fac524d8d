// To return some columns, select them.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let names: Vec<String> = User::query().into_tuple().all(db).await?;
    // right: let names: Vec<String> = User::query().select(|u| u.name).all(db).await?;
    Ok(())
}

fn main() {}

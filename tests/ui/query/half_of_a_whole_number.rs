// An integer column is divided by a fraction: cast it first.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let _ = User::query().select(|u| u.age / 2.0).all(db).await?;
    // right: let _ = User::query().select(|u| u.age.cast::<f64>() / 2.0).all(db).await?;
    Ok(())
}

fn main() {}

// An integer column has no decimal places to cut off.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.age.trunc(1)).all(db).await?;
    // right: User::query().select(|u| u.age.cast::<f64>().trunc(1)).all(db).await?;
    Ok(())
}

fn main() {}

// A number on the left of an operator must have the type of the column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let _ = User::query().select(|u| 1.5 * u.age).all(db).await?;
    // right: let _ = User::query().select(|u| 1.5 * u.age.cast::<f64>()).all(db).await?;
    Ok(())
}

fn main() {}

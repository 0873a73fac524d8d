// A column or an expression stands at the left of an operator; `value(..)` makes one of a value.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let _ = User::query().select(|u| 100 - u.age).all(db).await?;
    // right: let _ = User::query().select(|u| value(100) - u.age).all(db).await?;
    Ok(())
}

fn main() {}

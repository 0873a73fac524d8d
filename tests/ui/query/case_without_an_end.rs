// A `case` needs `.otherwise(..)` or `.or_null()`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn run(db: &Database) -> orm::Result<()> {
    User::query().select(|u| case::<i32>().when(u.age.gt(18), 1)).all(db).await?;
    // right: User::query().select(|u| case::<i32>().when(u.age.gt(18), 1).otherwise(0)).all(db).await?;
    Ok(())
}

fn main() {}

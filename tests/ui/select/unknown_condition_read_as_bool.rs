// A condition on a nullable column may be unknown, so it is an `Option`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let _adult: Vec<bool> = User::query().select(|u| u.age.ge(18).or_null()).all(db).await?;
    // right: let _adult: Vec<bool> = User::query().select(|u| u.age.ge(18).known()).all(db).await?;
    Ok(())
}

fn main() {}

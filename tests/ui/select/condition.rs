// A condition may be unknown: select it with `.known()` or `.or_null()`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.age.ge(18)).all(db).await?;
    // right: User::query().select(|u| u.age.ge(18).known()).all(db).await?;
    Ok(())
}

fn main() {}

// A boolean column is passed to `.and(..)`, which needs a condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.ge(18).and(u.active)).all(db).await?;
    // right: User::query().filter(|u| u.age.ge(18).and(u.active.is_true())).all(db).await?;
    Ok(())
}

fn main() {}

// `filter_some` needs an `Option`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter_some(18, |u, min| u.age.ge(min)).all(db).await?;
    // right: User::query().filter_some(Some(18), |u, min| u.age.ge(min)).all(db).await?;
    Ok(())
}

fn main() {}

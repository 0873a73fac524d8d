// `filter` is called after `select`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.name).filter(|u| u.age.ge(18)).all(db).await?;
    // right: User::query().filter(|u| u.age.ge(18)).select(|u| u.name).all(db).await?;
    Ok(())
}

fn main() {}

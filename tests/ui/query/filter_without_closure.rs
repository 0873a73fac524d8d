// `filter` needs a closure over the columns.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter("age > 18").all(db).await?;
    // right: User::query().filter(|u| u.age.gt(18)).all(db).await?;
    Ok(())
}

fn main() {}

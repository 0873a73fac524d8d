// Text is added to a number column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.add("1").eq(18)).all(db).await?;
    // right: User::query().filter(|u| u.age.add(1).eq(18)).all(db).await?;
    Ok(())
}

fn main() {}

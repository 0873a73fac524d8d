// The bounds of `between` do not have the type of the column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.between("18", 30)).all(db).await?;
    // right: User::query().filter(|u| u.age.between(18, 30)).all(db).await?;
    Ok(())
}

fn main() {}

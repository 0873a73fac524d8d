// A column is compared with rows of another type.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.gt_any(User::query().select(|v| v.name))).all(db).await?;
    // right: User::query().filter(|u| u.age.gt_any(User::query().select(|v| v.age))).all(db).await?;
    Ok(())
}

fn main() {}

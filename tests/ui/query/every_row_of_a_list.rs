// `gt_every` needs a query, not a list.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.gt_every([1, 2])).all(db).await?;
    // right: User::query().filter(|u| u.age.gt_every(User::query().filter(|v| v.active.is_true()).select(|v| v.age))).all(db).await?;
    Ok(())
}

fn main() {}

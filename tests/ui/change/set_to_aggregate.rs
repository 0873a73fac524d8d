// An aggregate is used outside a group.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|u| u.age.to(u.age.max())).all_rows().execute(db).await?;
    // right: User::update().set(|u| u.age.to(User::query().aggregate(|g| g.max(|v| v.age)).scalar())).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

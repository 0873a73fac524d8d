// 2 errors: an update without `set` and without a filter.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().execute(db).await?;
    // right: User::update().set(|u| u.name.to("x")).filter(|u| u.id.eq(3)).execute(db).await?;
    Ok(())
}

fn main() {}

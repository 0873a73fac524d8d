// The assignments of an update belong in `set`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().values(|u| u.name.to("Ann")).filter(|u| u.id.eq(1)).execute(db).await?;
    // right: User::update().set(|u| u.name.to("Ann")).filter(|u| u.id.eq(1)).execute(db).await?;
    Ok(())
}

fn main() {}

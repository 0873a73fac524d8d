// A query cannot set columns: start with `update`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.eq(3)).set(|u| u.name.to("x")).execute(db).await?;
    // right: User::update().filter(|u| u.id.eq(3)).set(|u| u.name.to("x")).execute(db).await?;
    Ok(())
}

fn main() {}

// A relation to many rows cannot be selected: load it with `with`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| (u.name, u.posts())).all(db).await?;
    // right: User::query().with(|u| u.posts()).all(db).await?;
    Ok(())
}

fn main() {}

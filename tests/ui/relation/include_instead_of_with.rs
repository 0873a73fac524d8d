// To load a relation, use `with`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().include(|u| u.posts()).all(db).await?;
    // right: User::query().with(|u| u.posts()).all(db).await?;
    Ok(())
}

fn main() {}

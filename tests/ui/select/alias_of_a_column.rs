// A selected value needs no alias.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.name.as_("who")).all(db).await?;
    // right: User::query().select(|u| u.name).all(db).await?;
    Ok(())
}

fn main() {}

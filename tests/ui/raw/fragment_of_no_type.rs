// A fragment has a type that no column can store.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| fragment!(User, "{u.id}")).all(db).await?;
    // right: User::query().select(|u| fragment!(u64, "{u.id}")).all(db).await?;
    Ok(())
}

fn main() {}

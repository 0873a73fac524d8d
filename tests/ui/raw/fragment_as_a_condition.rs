// A fragment of type `bool` is used as a condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| fragment!(bool, "{u.id} > 1")).all(db).await?;
    // right: User::query().filter(|u| fragment!(Condition, "{u.id} > 1")).all(db).await?;
    Ok(())
}

fn main() {}

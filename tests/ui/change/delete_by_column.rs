// A boolean column is used as a condition.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::delete().filter(|u| u.active).execute(db).await?;
    // right: User::delete().filter(|u| u.active.is_false()).execute(db).await?;
    Ok(())
}

fn main() {}

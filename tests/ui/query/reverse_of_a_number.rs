// `reverse` needs a text column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.id.reverse()).all(db).await?;
    // right: User::query().select(|u| u.name.reverse()).all(db).await?;
    Ok(())
}

fn main() {}

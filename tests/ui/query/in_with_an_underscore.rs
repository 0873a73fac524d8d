// IN is `is_in`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.in_([1, 2])).all(db).await?;
    // right: User::query().filter(|u| u.id.is_in([1, 2])).all(db).await?;
    Ok(())
}

fn main() {}

// A tuple of columns needs `row(..)` to be compared.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| (u.id, u.name).eq((1, "Ann"))).all(db).await?;
    // right: User::query().filter(|u| row((u.id, u.name)).eq((1, "Ann"))).all(db).await?;
    Ok(())
}

fn main() {}

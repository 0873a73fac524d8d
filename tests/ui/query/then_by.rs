// To order further, call `order_by` again.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().order_by(|u| u.name.asc()).then_by(|u| u.id.asc()).all(db).await?;
    // right: User::query().order_by(|u| u.name.asc()).order_by(|u| u.id.asc()).all(db).await?;
    Ok(())
}

fn main() {}

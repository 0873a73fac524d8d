// `order_by` is called after `select`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.name).order_by(|u| u.age.desc()).all(db).await?;
    // right: User::query().order_by(|u| u.age.desc()).select(|u| u.name).all(db).await?;
    Ok(())
}

fn main() {}

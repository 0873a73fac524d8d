// A text column cannot be negated.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().order_by(|u| (-u.name).asc()).all(db).await?;
    // right: User::query().order_by(|u| u.name.desc()).all(db).await?;
    Ok(())
}

fn main() {}

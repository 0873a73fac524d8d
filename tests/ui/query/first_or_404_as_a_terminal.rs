// To get one row or an error that says that there is none, call `one`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.eq(1)).first_or_404(db).await?;
    // right: User::query().filter(|u| u.id.eq(1)).one(db).await?;
    Ok(())
}

fn main() {}

// 2 errors: `delete` takes no key: use `delete_by` (rustc reports a second error for the same mistake).
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::delete(1).execute(db).await?;
    // right: User::delete_by(1).execute(db).await?;
    Ok(())
}

fn main() {}

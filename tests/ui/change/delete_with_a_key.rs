// 2 errors: rustc also says what is wrong without it. A key is for `delete_by`.
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

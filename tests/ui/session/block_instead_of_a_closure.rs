// 3 errors: rustc says it of the call, of the future and of its `.await`. A block has no transaction.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.transaction().run(async { User::query().count(db).await }).await?;
    // right: db.transaction().run(async |mut tx| User::query().count(&mut tx).await).await?;
    Ok(())
}

fn main() {}

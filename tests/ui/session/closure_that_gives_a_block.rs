// 5 errors: rustc says it of the call, of the future and of its `.await`. The closure itself is async.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.transaction().run(|tx| async move { User::query().count(tx).await }).await?;
    // right: db.transaction().run(async |mut tx| User::query().count(&mut tx).await).await?;
    Ok(())
}

fn main() {}

// 3 errors: the closure must itself be async, not return an async block (rustc reports the call, the future and its `.await`).
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

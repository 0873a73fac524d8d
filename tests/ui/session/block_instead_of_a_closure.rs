// 3 errors: A block does not receive the transaction. rustc reports the call, the future and its `.await`.
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

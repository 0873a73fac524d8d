// 2 errors: `transaction` takes no closure; its `run` does.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.transaction(async |mut tx| User::query().count(&mut tx).await).await?;
    // right: db.transaction().run(async |mut tx| User::query().count(&mut tx).await).await?;
    Ok(())
}

fn main() {}

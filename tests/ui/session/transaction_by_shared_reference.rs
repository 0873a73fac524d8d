// A transaction is passed as `&tx` instead of `&mut tx`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<i64> {
    db.transaction().run(async |tx| User::query().count(&*tx).await).await
    // right: db.transaction().run(async |tx| User::query().count(tx).await).await
}

fn main() {}

// An output of a procedure has a type that no column can store.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().count(db).await?;
    orm::call("transfer").arg(1).out::<User>().run(db).await?;
    // right: orm::call("transfer").arg(1).out::<u64>().run(db).await?;
    Ok(())
}

fn main() {}

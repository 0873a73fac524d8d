// An argument of a procedure has a type that no column can store.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let user = User::find(1).one(db).await?;
    orm::call("transfer").arg(user).run(db).await?;
    // right: orm::call("transfer").arg(user.id).run(db).await?;
    Ok(())
}

fn main() {}

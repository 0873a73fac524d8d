// The outputs of a procedure are read as another type.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().count(db).await?;
    let (rest,): (String,) = orm::call("transfer").out::<Decimal>().run(db).await?.out;
    // right: let (rest,): (Decimal,) = orm::call("transfer").out::<Decimal>().run(db).await?.out;
    Ok(())
}

fn main() {}

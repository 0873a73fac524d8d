// A database is passed to a function that needs a transaction.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

async fn transfer(tx: &mut Transaction) -> orm::Result<u64> {
    User::update().set(|u| u.age.to(u.age.add(1))).all_rows().execute(tx).await
}

pub async fn case(db: &Database) -> orm::Result<u64> {
    transfer(db).await
    // right: transfer(&mut db.session()).await
}

fn main() {}

// To leave an existing row as it is, use `ignore`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert_all([User::insert().email("a@b.org").name("A")]).on_conflict(|u| u.email).do_nothing().execute(db).await?;
    // right: User::insert_all([User::insert().email("a@b.org").name("A")]).on_conflict(|u| u.email).ignore().execute(db).await?;
    Ok(())
}

fn main() {}

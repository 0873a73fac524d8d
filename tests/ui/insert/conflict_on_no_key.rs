// The column is not part of a unique key, so rows cannot conflict on it.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert_all([User::insert().email("a").name("A")]).on_conflict(|u| u.name).ignore().execute(db).await?;
    // right: User::insert_all([User::insert().email("a").name("A")]).on_conflict(|u| u.email).ignore().execute(db).await?;
    Ok(())
}

fn main() {}

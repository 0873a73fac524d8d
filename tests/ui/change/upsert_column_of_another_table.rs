// An upsert sets a column of another table.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert_all([User::insert().email("a").name("A")]).on_conflict(|u| u.email).update(|u, new| u.title.to(new.name)).execute(db).await?;
    // right: User::insert_all([User::insert().email("a").name("A")]).on_conflict(|u| u.email).update(|u, new| u.name.to(new.name)).execute(db).await?;
    Ok(())
}

fn main() {}

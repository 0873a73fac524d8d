// An upsert sets a column to a column of another type of the new row.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert_all([User::insert().email("a").name("A")]).on_conflict(|u| u.email).update(|u, new| u.age.to(new.name)).execute(db).await?;
    // right: User::insert_all([User::insert().email("a").name("A")]).on_conflict(|u| u.email).update(|u, new| u.name.to(new.name)).execute(db).await?;
    Ok(())
}

fn main() {}

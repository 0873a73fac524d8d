// `.ignore()` changes no rows, so it takes no filter.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert_all([User::insert().email("a").name("A")]).on_conflict(|u| u.email).ignore().filter(|u, _| u.id.gt(1)).execute(db).await?;
    // right: User::insert_all([User::insert().email("a").name("A")]).on_conflict(|u| u.email).update(|u, new| u.name.to(new.name)).filter(|u, _| u.id.gt(1)).execute(db).await?;
    Ok(())
}

fn main() {}

// `=` assigns in Rust; use `to` to assign in SQL.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|mut u| u.name = u.email).all_rows().execute(db).await?;
    // right: User::update().set(|u| u.name.to(u.email)).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

// `+=` assigns in Rust; use `to` to assign in SQL.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|u| u.age += 1).all_rows().execute(db).await?;
    // right: User::update().set(|u| u.age.to(u.age + 1)).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

// `<>` is `ne`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.neq(1)).all(db).await?;
    // right: User::query().filter(|u| u.id.ne(1)).all(db).await?;
    Ok(())
}

fn main() {}

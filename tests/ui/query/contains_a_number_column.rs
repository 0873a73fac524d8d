// A text is searched for a number column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.name.contains(u.age)).all(db).await?;
    // right: User::query().filter(|u| u.name.contains(u.age.cast::<String>())).all(db).await?;
    Ok(())
}

fn main() {}

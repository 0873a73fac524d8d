// `like` needs a text column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.like("1%")).all(db).await?;
    // right: User::query().filter(|u| u.age.cast::<String>().like("1%")).all(db).await?;
    Ok(())
}

fn main() {}

// To ignore case, use `like_any_case`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.name.ilike("a%")).all(db).await?;
    // right: User::query().filter(|u| u.name.like_any_case("a%")).all(db).await?;
    Ok(())
}

fn main() {}

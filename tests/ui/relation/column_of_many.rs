// A relation to many has no single column: use `any`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.posts().title.eq("x")).all(db).await?;
    // right: User::query().filter(|u| u.posts().any(|p| p.title.eq("x"))).all(db).await?;
    Ok(())
}

fn main() {}

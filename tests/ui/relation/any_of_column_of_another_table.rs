// `any` uses a column of another table than the related one.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.posts().any(|p| p.name.eq("x"))).all(db).await?;
    // right: User::query().filter(|u| u.posts().any(|p| p.title.eq("x"))).all(db).await?;
    Ok(())
}

fn main() {}

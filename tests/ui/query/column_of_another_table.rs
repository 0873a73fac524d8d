// A filter uses a column of another table.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.title.eq("s")).all(db).await?;
    // right: Post::query().filter(|p| p.title.eq("s")).all(db).await?;
    Ok(())
}

fn main() {}

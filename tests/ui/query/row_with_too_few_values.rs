// A row is compared with too few values.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().filter(|p| row((p.id, p.title)).gt(1)).all(db).await?;
    // right: Post::query().filter(|p| row((p.id, p.title)).gt((1, "a"))).all(db).await?;
    Ok(())
}

fn main() {}

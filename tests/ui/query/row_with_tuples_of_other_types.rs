// A row is compared with tuples of other types.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().filter(|p| row((p.id, p.title)).is_in([("a", "b")])).all(db).await?;
    // right: Post::query().filter(|p| row((p.id, p.title)).is_in([(1, "b")])).all(db).await?;
    Ok(())
}

fn main() {}

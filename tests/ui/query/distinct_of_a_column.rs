// 2 errors: `distinct` takes no column: select it (rustc also reports the closure).
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().distinct(|p| p.author_id).all(db).await?;
    // right: Post::query().select(|p| p.author_id).distinct().all(db).await?;
    Ok(())
}

fn main() {}

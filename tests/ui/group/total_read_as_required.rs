// The key of a row with totals is NULL, so it is an `Option`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let _rows: Vec<(u64, i64)> = Post::query().group_by(|p| p.author_id).with_rollup().select(|g| (g.key, g.count())).all(db).await?;
    // right: let _rows: Vec<(Option<u64>, i64)> = Post::query().group_by(|p| p.author_id).with_rollup().select(|g| (g.key, g.count())).all(db).await?;
    Ok(())
}

fn main() {}

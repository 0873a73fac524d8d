// A value over a window is compared as an expression, in a selection.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query()
        .select(|p| {
            let before = orm::window::lag(p.author_id, 1).over(|w| w.order_by(p.id.asc()));
            orm::case::<i64>().when(before.eq(p.author_id), 0).otherwise(1)
            // right: orm::case::<i64>().when(before.into_expr().eq(p.author_id), 0).otherwise(1)
        })
        .all(db)
        .await?;
    Ok(())
}

fn main() {}

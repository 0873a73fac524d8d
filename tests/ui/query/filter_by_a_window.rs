// A window function cannot be used in a filter.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().filter(|p| orm::window::row_number().over(|w| w.order_by(p.id.asc())).le(3)).all(db).await?;
    // right: Post::query().select(|p| (p, orm::window::row_number().over(|w| w.order_by(p.id.asc())))).into_query().filter(|(_, number)| number.le(3)).all(db).await?;
    Ok(())
}

fn main() {}

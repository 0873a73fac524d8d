// A window function needs `over`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().select(|_| orm::window::row_number()).all(db).await?;
    // right: Post::query().select(|p| orm::window::row_number().over(|w| w.order_by(p.id.asc()))).all(db).await?;
    Ok(())
}

fn main() {}

// A column is compared with a query: use its `scalar`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().filter(|p| p.author_id.eq(User::query().select(|u| u.id))).all(db).await?;
    // right: Post::query().filter(|p| p.author_id.eq(User::query().select(|u| u.id).scalar())).all(db).await?;
    Ok(())
}

fn main() {}

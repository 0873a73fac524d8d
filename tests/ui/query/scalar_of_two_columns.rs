// A scalar subquery must select one column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let pair = Post::query().select(|p| (p.id, p.title)).scalar();
    // right: let pair = Post::query().select(|p| p.author_id).scalar();
    User::query().filter(|u| u.id.eq(pair)).all(db).await?;
    Ok(())
}

fn main() {}

// A query that loads relations cannot be joined as a derived table: its rows are more than columns.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().join_rows(Post::query().with(|p| p.author()), |u, p| p.author_id.eq(u.id)).all(db).await?;
    // right: User::query().join_rows(Post::query(), |u, p| p.author_id.eq(u.id)).all(db).await?;
    Ok(())
}

fn main() {}

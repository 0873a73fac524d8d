// Only a query with a `select` can be joined as a derived table.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().join_rows(Post::query(), |u, p| p.author_id.eq(u.id)).all(db).await?;
    // right: User::query().join_rows(Post::query().into_rows(), |u, p| p.author_id.eq(u.id)).all(db).await?;
    Ok(())
}

fn main() {}

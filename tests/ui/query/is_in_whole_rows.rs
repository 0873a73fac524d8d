// The subquery of `is_in` must select one column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.is_in(Post::query())).all(db).await?;
    // right: User::query().filter(|u| u.id.is_in(Post::query().select(|p| p.author_id))).all(db).await?;
    Ok(())
}

fn main() {}

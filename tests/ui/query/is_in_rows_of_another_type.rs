// The subquery selects another type than the column's.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let titles = Post::query().select(|p| p.title);
    // right: let titles = Post::query().select(|p| p.author_id);
    User::query().filter(|u| u.id.is_in(titles)).all(db).await?;
    Ok(())
}

fn main() {}

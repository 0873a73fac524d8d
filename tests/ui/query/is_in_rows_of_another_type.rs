// The subquery of `is_in` does not select the type of the column.
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

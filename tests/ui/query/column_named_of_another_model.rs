// A column by name is used with another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    if let Some(title) = Post::column_named("title") {
        User::query().order_by(|u| title.of(u).asc()).all(db).await?;
        // right: Post::query().order_by(|p| title.of(p).asc()).all(db).await?;
    }
    Ok(())
}

fn main() {}

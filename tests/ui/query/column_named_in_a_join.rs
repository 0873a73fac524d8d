// In a join, a column by name needs its table.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    if let Some(name) = User::column_named("name") {
        Post::query().join(|p| p.author()).order_by(|row| name.of(row).asc()).all(db).await?;
        // right: Post::query().join(|p| p.author()).order_by(|(_, author)| name.of(author).asc()).all(db).await?;
    }
    Ok(())
}

fn main() {}

// A required relation is set to `None`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::insert().title("Hello").author_id(None).execute(db).await?;
    // right: Post::insert().title("Hello").author_id(3).execute(db).await?;
    Ok(())
}

fn main() {}

// A required foreign key has no value.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::insert().title("Hello").execute(db).await?;
    // right: Post::insert().author_id(3).title("Hello").execute(db).await?;
    Ok(())
}

fn main() {}

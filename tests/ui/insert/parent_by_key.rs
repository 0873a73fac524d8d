// A relation is set to a key: set the foreign key column instead.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::insert().title("Hello").author(3).execute(db).await?;
    // right: Post::insert().title("Hello").author_id(3).execute(db).await?;
    Ok(())
}

fn main() {}

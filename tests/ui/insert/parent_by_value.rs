// A relation is set to a row by value: pass it by reference.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database, ann: User) -> orm::Result<()> {
    Post::insert().title("Hello").author(ann).execute(db).await?;
    // right: Post::insert().title("Hello").author(&ann).execute(db).await?;
    Ok(())
}

fn main() {}

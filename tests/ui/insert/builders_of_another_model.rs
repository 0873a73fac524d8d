// The builders are for another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let comment = Comment::insert().post_id(1).text("x");
    Post::insert_all([comment]).execute(db).await?;
    // right: Comment::insert_all([comment]).execute(db).await?;
    Ok(())
}

fn main() {}

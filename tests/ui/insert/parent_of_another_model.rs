// A relation is set to a row of another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database, comment: &Comment) -> orm::Result<()> {
// right: pub async fn case(db: &Database, user: &User) -> orm::Result<()> {
    Post::insert().title("Hello").author(comment).execute(db).await?;
    // right: Post::insert().title("Hello").author(user).execute(db).await?;
    Ok(())
}

fn main() {}

// A relation to one row cannot be filtered: put the condition into the filter of the query.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<Vec<(Post, User)>> {
    Post::query().with(|p| p.author().filter(|a| a.age.ge(18))).all(db).await
    // right: Post::query().filter(|p| p.author().age.ge(18)).with(|p| p.author()).all(db).await
}

fn main() {}

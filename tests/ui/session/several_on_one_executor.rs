// An `impl Executor` is used twice: pass `&mut on` to each statement.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut on: impl Executor<'_>) -> orm::Result<i64> {
// right: pub async fn case(on: impl Executor<'_>) -> orm::Result<i64> {
// right:     let mut on = on.on();
    let users = User::query().count(&mut on).await?;
    let posts = Post::query().count(on).await?;
    // right: let posts = Post::query().count(&mut on).await?;
    Ok(users + posts)
}

fn main() {}

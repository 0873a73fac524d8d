// Two tasks cannot share a session.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let users = tokio::spawn(async move { User::query().all(&mut s).await });
    // right: let mut other = s.database().session();
    // right: let users = tokio::spawn(async move { User::query().all(&mut s).await });
    let posts = tokio::spawn(async move { Post::query().all(&mut s).await });
    // right: let posts = tokio::spawn(async move { Post::query().all(&mut other).await });
    assert!(users.await.is_ok() && posts.await.is_ok());
    Ok(())
}

fn main() {}

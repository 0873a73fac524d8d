// A transaction can run only one statement at a time.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let users = User::query().all(&mut s);
    let posts = Post::query().all(&mut s);
    // right: assert!(users.await?.is_empty());
    // right: let posts = Post::query().all(&mut s);
    assert!(users.await?.is_empty());
    // right:
    assert!(posts.await?.is_empty());
    Ok(())
}

fn main() {}

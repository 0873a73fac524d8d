// A session can have only one stream of rows at a time.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let mut s = db.session();
    let mut users = User::query().stream(&mut s);
    let mut posts = Post::query().stream(&mut s);
    // right: let mut posts = Post::query().stream(db);

    users.next().await?;
    posts.next().await?;
    Ok(())
}

fn main() {}

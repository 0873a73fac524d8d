// A second statement runs on a session whose rows are still being read.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let mut s = db.session();
    let mut users = User::query().stream(&mut s);
    while let Some(user) = users.next().await? {
        Post::query().filter(|p| p.author_id.eq(user.id)).count(&mut s).await?;
        // right: Post::query().filter(|p| p.author_id.eq(user.id)).count(db).await?;
    }
    Ok(())
}

fn main() {}

// A relation cannot be compared: compare its foreign key.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let ann = User::find(1).one(db).await?;
    Post::query().filter(|p| p.author().eq(&ann)).all(db).await?;
    // right: Post::query().filter(|p| p.author_id.eq(ann.id)).all(db).await?;
    Ok(())
}

fn main() {}

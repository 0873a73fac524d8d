// The rows of a stream are of another type.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::insert_stream(User::query().stream(db)).execute(db).await?;
    // right: User::insert_stream(User::query().stream(db)).execute(db).await?;
    Ok(())
}

fn main() {}

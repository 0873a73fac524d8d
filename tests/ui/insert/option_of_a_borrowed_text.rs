// A nullable text column takes an `Option<String>`, not an `Option<&str>`: otherwise a plain `None` would have no known type.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let body: Option<&str> = Some("World");
    Post::insert().author_id(1).title("Hello").body(body).execute(db).await?;
    // right: Post::insert().author_id(1).title("Hello").body(body.map(str::to_owned)).execute(db).await?;
    Ok(())
}

fn main() {}

// An update sets a column of a related row.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::update().set(|p| p.author().name.to("x")).all_rows().execute(db).await?;
    // right: User::update().set(|u| u.name.to("x")).filter(|u| u.posts().any(|p| p.published.is_true())).execute(db).await?;
    Ok(())
}

fn main() {}

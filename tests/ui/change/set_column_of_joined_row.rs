// An update sets a column of a joined table.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::update().join(|p| p.author()).set(|(_, a)| a.name.to("x")).all_rows().execute(db).await?;
    // right: User::update().join(|u| u.posts()).set(|(u, _)| u.name.to("x")).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

// A required column is set to a column of the optional side of an outer join.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::update().left_join(|p| p.author()).set(|(p, a)| p.title.to(a.name)).all_rows().execute(db).await?;
    // right: Post::update().left_join(|p| p.author()).set(|(p, a)| p.body.to(a.name)).all_rows().execute(db).await?;
    Ok(())
}

fn main() {}

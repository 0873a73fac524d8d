// An update with a join has no filter.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::update().join(|p| p.author()).set(|(p, a)| p.title.to(a.name)).execute(db).await?;
    // right: Post::update().join(|p| p.author()).set(|(p, a)| p.title.to(a.name)).filter(|(p, _)| p.title.eq("")).execute(db).await?;
    Ok(())
}

fn main() {}

// An upsert sets a required column to a nullable column of the new row.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::insert_all([Post::insert().author_id(1).title("x")]).on_conflict(|p| p.id).update(|p, new| p.title.to(new.body)).execute(db).await?;
    // right: Post::insert_all([Post::insert().author_id(1).title("x")]).on_conflict(|p| p.id).update(|p, new| p.body.to(new.body)).execute(db).await?;
    Ok(())
}

fn main() {}

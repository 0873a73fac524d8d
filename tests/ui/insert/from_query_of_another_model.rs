// The closure of an insert from a query builds a row of another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::insert_from(User::query(), |u| User::insert().email(u.email).name(u.name)).execute(db).await?;
    // right: Post::insert_from(User::query(), |u| Post::insert().author_id(u.id).title(u.name)).execute(db).await?;
    Ok(())
}

fn main() {}

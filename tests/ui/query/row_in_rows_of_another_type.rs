// A row is compared with a query that selects other types.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::query().filter(|p| row((p.id, p.title)).is_in(User::query().select(|u| (u.name, u.id)))).all(db).await?;
    // right: Post::query().filter(|p| row((p.id, p.title)).is_in(User::query().select(|u| (u.id, u.name)))).all(db).await?;
    Ok(())
}

fn main() {}

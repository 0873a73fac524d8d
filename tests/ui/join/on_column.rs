// The `on` of a join needs a condition, not a column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().join_on::<Post>(|_, p| p.author_id).all(db).await?;
    // right: User::query().join_on::<Post>(|u, p| p.author_id.eq(u.id)).all(db).await?;
    Ok(())
}

fn main() {}

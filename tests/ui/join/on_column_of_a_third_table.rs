// The condition of a join uses a column of a table that is not joined.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().join_on::<Post>(|u, p| p.post_id.eq(u.id)).all(db).await?;
    // right: User::query().join_on::<Post>(|u, p| p.author_id.eq(u.id)).all(db).await?;
    Ok(())
}

fn main() {}

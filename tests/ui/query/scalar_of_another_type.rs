// The scalar subquery does not have the type of the column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.eq(Post::query().select(|p| p.title).scalar())).all(db).await?;
    // right: User::query().filter(|u| u.id.eq(Post::query().select(|p| p.author_id).scalar())).all(db).await?;
    Ok(())
}

fn main() {}

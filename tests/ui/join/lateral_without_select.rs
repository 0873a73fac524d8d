// A lateral join needs a query with `.select(..)` or `.into_rows()`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().join_lateral(|u| Post::query().filter(|p| p.author_id.eq(u.id)).limit(3)).all(db).await?;
    // right: User::query().join_lateral(|u| Post::query().filter(|p| p.author_id.eq(u.id)).limit(3).into_rows()).all(db).await?;
    Ok(())
}

fn main() {}

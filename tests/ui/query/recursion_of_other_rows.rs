// The rows of a recursive query have different types.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.id).recursive("up", |up| User::query().join_rows(up, |u, id| u.id.eq(id)).select(|(u, _)| u.name)).query().all(db).await?;
    // right: User::query().select(|u| u.id).recursive("up", |up| User::query().join_rows(up, |u, id| u.id.eq(id)).select(|(u, _)| u.id)).query().all(db).await?;
    Ok(())
}

fn main() {}

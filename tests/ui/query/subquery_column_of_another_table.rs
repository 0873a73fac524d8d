// A subquery uses a column of a table that is not in the query.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| Post::query().filter(|p| p.name.eq(u.name)).is_present()).all(db).await?;
    // right: User::query().filter(|u| Post::query().filter(|p| p.title.eq(u.name)).is_present()).all(db).await?;
    Ok(())
}

fn main() {}

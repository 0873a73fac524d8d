// A query cannot delete rows: start with `delete`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id.eq(3)).delete().execute(db).await?;
    // right: User::delete().filter(|u| u.id.eq(3)).execute(db).await?;
    Ok(())
}

fn main() {}

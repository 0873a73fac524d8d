// A column is compared with a list column of another type.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let ages = [("Ann".to_owned(), 42), ("Bob".to_owned(), 18)];
    User::query().join_rows(values(ages), |u, (name, _)| u.id.eq(name)).all(db).await?;
    // right: User::query().join_rows(values(ages), |u, (name, _)| u.name.eq(name)).all(db).await?;
    Ok(())
}

fn main() {}

// A column of the optional side of a left join is an `Option`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let rows: Vec<(String, String)> =
    // right: let rows: Vec<(String, Option<String>)> =
        User::query().left_join(|u| u.posts()).select(|(u, p)| (u.name, p.title)).all(db).await?;
    assert!(rows.is_empty());
    Ok(())
}

fn main() {}

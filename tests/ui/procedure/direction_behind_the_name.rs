// The direction of a parameter belongs before its name.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

procedure! {
    fn totals(author: u64, posts: out i64);
    // right: fn totals(author: u64, out posts: i64);
}

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().count(db).await?;
    Ok(())
}

fn main() {}

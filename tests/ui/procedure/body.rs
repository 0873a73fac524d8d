// A procedure is declared without a body.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

procedure! {
    fn publish(post: u64) {}
    // right: fn publish(post: u64);
}

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().count(db).await?;
    Ok(())
}

fn main() {}

// A parameter has an unknown direction.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

procedure! {
    fn transfer(from: u64, inn to: u64);
    // right: fn transfer(from: u64, in to: u64);
}

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().count(db).await?;
    Ok(())
}

fn main() {}

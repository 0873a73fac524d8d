// A terminal needs a place to run.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case() -> orm::Result<()> {
    User::query().all().await?;
    Ok(())
}

fn main() {}

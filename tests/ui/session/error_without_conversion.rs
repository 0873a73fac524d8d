// The error of `try_run` must take the errors of the database.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Debug)]
pub struct Bankrupt;

pub async fn case(db: &Database) -> orm::Result<()> {
    let done = db.transaction().try_run(async |_| -> Result<(), Bankrupt> { Err(Bankrupt) });
    assert!(done.await.is_ok());
    Ok(())
}

fn main() {}

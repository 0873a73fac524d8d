// A closure that may run again must be able to start afresh: it cannot change what is outside of it.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let mut n = 0;
    db.transaction()
        .retry(3)
        .run(async |_| {
            n += 1;
            Ok(())
        })
        .await?;
    Ok(())
}

fn main() {}

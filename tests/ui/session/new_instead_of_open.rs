// A database is opened with `open`, which is not async.
use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let _ = db;
    Database::new("sqlite::memory:").await?;
    // right: Database::open("sqlite::memory:")?;
    Ok(())
}

fn main() {}

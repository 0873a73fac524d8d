// A transaction is awaited without a closure.
use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.transaction().isolation(Serializable).await?;
    // right: db.transaction().isolation(Serializable).run(async |_| Ok(())).await?;
    Ok(())
}

fn main() {}

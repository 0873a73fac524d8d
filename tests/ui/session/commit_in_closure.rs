// A transaction is committed in its closure, whose return value does this.
use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.transaction().run(async |tx| tx.commit().await).await?;
    // right: db.transaction().run(async |_| Ok(())).await?;
    Ok(())
}

fn main() {}

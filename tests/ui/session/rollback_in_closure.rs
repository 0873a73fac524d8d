// The runner ends the transaction of a closure; it rolls back if the closure returns an error.
use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.transaction()
        .run(async |tx| {
            tx.rollback().await?;
            // right: sql!("DELETE FROM users").execute(tx).await?;
            Ok(())
        })
        .await?;
    Ok(())
}

fn main() {}

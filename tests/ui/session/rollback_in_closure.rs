// A transaction is rolled back in its closure: return an error instead.
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

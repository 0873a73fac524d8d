// A transaction is kept beyond its closure.
use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let mut kept = None;
    db.transaction()
        .run(async |tx| Ok(kept = Some(tx)))
        // right: .run(async |tx| Ok(kept = Some(sql!("SELECT 1").scalar::<i64>(tx).await?)))
        .await?;
    assert!(kept.is_none());
    Ok(())
}

fn main() {}

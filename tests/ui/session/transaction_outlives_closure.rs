// A transaction ends with its closure.
use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let mut kept = None;
    db.transaction()
        .run(async |tx| {
            kept = Some(tx);
            Ok(())
        })
        .await?;
    assert!(kept.is_none());
    Ok(())
}

fn main() {}

// A transaction is committed inside a savepoint.
use orm::prelude::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    s.savepoint(async |tx| tx.commit().await).await
    // right: s.savepoint(async |tx| tx.flush().await).await
}

fn main() {}

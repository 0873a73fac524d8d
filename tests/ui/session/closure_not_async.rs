// 3 errors: the closure of a transaction must be async (rustc reports the call, the future and its `.await`).
use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.transaction().run(|_| Ok(())).await
    // right: db.transaction().run(async |_| Ok(())).await
}

fn main() {}

// 3 errors: rustc says it of the call, of the future and of its `.await`. The closure of a transaction is async.
use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.transaction().run(|_| Ok(())).await
    // right: db.transaction().run(async |_| Ok(())).await
}

fn main() {}

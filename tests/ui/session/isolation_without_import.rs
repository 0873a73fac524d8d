// The isolation levels must be imported, from the prelude.
use orm::Database;
// right: use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.transaction().isolation(Serializable).run(async |_| Ok(())).await
}

fn main() {}

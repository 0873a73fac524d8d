// An isolation level is a name from the prelude, not a string.
use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.transaction().isolation("serializable").run(async |_| Ok(())).await?;
    // right: db.transaction().isolation(Serializable).run(async |_| Ok(())).await?;
    Ok(())
}

fn main() {}

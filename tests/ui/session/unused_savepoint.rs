// A savepoint that is dropped is rolled back at once.
use orm::prelude::*;

#[deny(unused_must_use)]
pub async fn case(mut s: Session) -> orm::Result<()> {
    s.begin_savepoint().await?;
    // right: s.begin_savepoint().await?.release().await?;
    Ok(())
}

fn main() {}

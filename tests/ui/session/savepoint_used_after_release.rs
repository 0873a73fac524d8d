// A savepoint is used after its release.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let mut savepoint = s.begin_savepoint().await?;
    savepoint.release().await?;
    User::query().all(&mut savepoint).await?;
    // right: User::query().all(&mut s).await?;
    Ok(())
}

fn main() {}

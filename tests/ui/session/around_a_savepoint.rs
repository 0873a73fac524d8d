// A statement runs on the session while it has a savepoint.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let savepoint = s.begin_savepoint().await?;
    // right: let mut savepoint = s.begin_savepoint().await?;

    User::query().all(&mut s).await?;
    // right: User::query().all(&mut savepoint).await?;
    savepoint.release().await
}

fn main() {}

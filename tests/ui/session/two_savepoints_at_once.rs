// Savepoints nest: begin the inner one on the outer one.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let mut one = s.begin_savepoint().await?;
    let two = s.begin_savepoint().await?;
    // right: let mut two = one.begin_savepoint().await?;
    User::query().all(&mut one).await?;
    // right: User::query().all(&mut two).await?;
    two.release().await?;
    one.release().await
}

fn main() {}

// A session is used after it was closed.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    s.close().await?;
    // right: s.commit().await?;

    User::query().all(&mut s).await?;
    Ok(())
}

fn main() {}

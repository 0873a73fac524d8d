// A session is passed as `&s` instead of `&mut s`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(s: Session) -> orm::Result<()> {
// right: pub async fn case(mut s: Session) -> orm::Result<()> {
    User::query().all(&s).await?;
    // right: User::query().all(&mut s).await?;
    Ok(())
}

fn main() {}

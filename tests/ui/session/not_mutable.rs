// A session must be declared as `mut`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(s: Session) -> orm::Result<()> {
// right: pub async fn case(mut s: Session) -> orm::Result<()> {
    User::query().all(&mut s).await?;
    Ok(())
}

fn main() {}

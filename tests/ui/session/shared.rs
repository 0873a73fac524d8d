// A session is passed by `&mut`, not by `&`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(s: Session) -> orm::Result<()> {
    User::query().all(&s).await?;
    Ok(())
}

fn main() {}

// The key passed to `get` has the wrong type.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    s.get::<User>("ann").await?;
    // right: s.get::<User>(3).await?;
    Ok(())
}

fn main() {}

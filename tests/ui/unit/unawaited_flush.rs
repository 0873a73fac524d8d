// A flush does nothing until it is awaited.
#![deny(unused_must_use)]
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let ann = s.get::<User>(1).await?;
    s[ann].name.clear();
    s.flush();
    // right: s.flush().await?;
    Ok(())
}

fn main() {}

// A new row cannot be read from the session before a flush.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let ann = s.add(User::insert().email("ann@example.org").name("Ann"));
    s[ann].name.clear();
    // right: s.flush().await?;
    // right: let ann = s.saved(ann)?;
    // right: s[ann].name.clear();
    Ok(())
}

fn main() {}

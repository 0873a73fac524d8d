// A borrowed row is kept while the next statement runs.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let ann = s.get::<User>(1).await?;
    let row = &mut s[ann];
    s.flush().await?;
    // right:

    row.name.clear();
    // right: row.name.clear();
    // right: s.flush().await?;
    Ok(())
}

fn main() {}

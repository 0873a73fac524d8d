// A session can delete only rows that it tracks.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let ann = User::find(1).one(&mut s).await?;
    // right: let ann = s.get::<User>(1).await?;
    s.delete(ann)?;
    Ok(())
}

fn main() {}

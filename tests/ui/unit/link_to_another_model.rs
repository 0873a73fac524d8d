// `link` links a row of another model than the relation's.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (first, second) = (s.get::<Post>(1).await?, s.get::<Post>(2).await?);
    // right: let (first, second) = (s.get::<Post>(1).await?, s.get::<User>(2).await?);
    s.link(first, |p| p.author(), second)?;
    Ok(())
}

fn main() {}

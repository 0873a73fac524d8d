// A required relation is linked to `None`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let post = s.get::<Post>(1).await?;
    // right: let (post, bob) = (s.get::<Post>(1).await?, s.get::<User>(2).await?);
    s.link(post, |p| p.author(), None)?;
    // right: s.link(post, |p| p.author(), bob)?;
    Ok(())
}

fn main() {}

// `link` needs a relation of the row itself, not of a related row.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (comment, ann) = (s.get::<Comment>(1).await?, s.get::<User>(1).await?);
    // right: let (comment, ann) = (s.get::<Comment>(1).await?, s.get::<User>(1).await?);
    // right: let post = s.get::<Post>(1).await?;
    s.link(comment, |c| c.post().author(), ann)?;
    // right: s.link(post, |p| p.author(), ann)?;
    Ok(())
}

fn main() {}

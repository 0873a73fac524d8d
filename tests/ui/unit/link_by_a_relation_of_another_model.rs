// `link` uses a relation of another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (post, ann) = (s.get::<Post>(1).await?, s.get::<User>(1).await?);
    s.link(post, |p| p.post(), ann)?;
    // right: s.link(post, |p| p.author(), ann)?;
    Ok(())
}

fn main() {}

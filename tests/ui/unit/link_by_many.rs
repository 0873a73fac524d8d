// `link` starts from the row that has the foreign key.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (ann, post) = (s.get::<User>(1).await?, s.get::<Post>(1).await?);
    s.link(ann, |u| u.posts(), post)?;
    // right: s.link(post, |p| p.author(), ann)?;
    Ok(())
}

fn main() {}

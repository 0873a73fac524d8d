// A relation to one row is set with `link`, not `attach`.
use orm::prelude::*;

#[path = "../links.rs"]
mod links;
use links::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (note, article) = (s.get::<Note>(1).await?, s.get::<Article>(1).await?);
    s.attach(note, |n| n.article(), article)?;
    // right: s.link(note, |n| n.article(), article)?;
    Ok(())
}

fn main() {}

// The rows of a `has_many` are linked at their own end: there is nothing to attach.
use orm::prelude::*;

#[path = "../links.rs"]
mod links;
use links::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (article, note) = (s.get::<Article>(1).await?, s.get::<Note>(1).await?);
    s.attach(article, |a| a.notes(), note)?;
    // right: s.link(note, |n| n.article(), article)?;
    Ok(())
}

fn main() {}

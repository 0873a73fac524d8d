// `attach` needs a relation of the row itself, not of a related row.
use orm::prelude::*;

#[path = "../links.rs"]
mod links;
use links::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (note, tag) = (s.get::<Note>(1).await?, s.get::<Tag>(1).await?);
    s.detach(note, |n| n.article().tags(), tag)?;
    // right: let article = Note::query().with(|n| n.article()).track(&mut s).await?[0].1;
    // right: s.detach(article, |a| a.tags(), tag)?;
    Ok(())
}

fn main() {}

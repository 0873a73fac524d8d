// `attach` needs a row of the session.
use orm::prelude::*;

#[path = "../links.rs"]
mod links;
use links::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (article, tag) = (s.get::<Article>(1).await?, Tag { id: 1 });
    s.attach(article, |a| a.tags(), &tag)?;
    // right: let tag = s.add(tag);
    // right: s.attach(article, |a| a.tags(), tag)?;
    Ok(())
}

fn main() {}

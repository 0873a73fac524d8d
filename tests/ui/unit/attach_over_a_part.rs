// `attach` needs a whole relation, not a filtered one.
use orm::prelude::*;

#[path = "../links.rs"]
mod links;
use links::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (article, tag) = (s.get::<Article>(1).await?, s.get::<Tag>(1).await?);
    s.attach(article, |a| a.tags().filter(|t| t.id.gt(1)), tag)?;
    // right: s.attach(article, |a| a.tags(), tag)?;
    Ok(())
}

fn main() {}

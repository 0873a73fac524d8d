// `replace` needs a list of rows.
use orm::prelude::*;

#[path = "../links.rs"]
mod links;
use links::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (article, tag) = (s.get::<Article>(1).await?, s.get::<Tag>(1).await?);
    s.replace(article, |a| a.tags(), tag)?;
    // right: s.replace(article, |a| a.tags(), [tag])?;
    Ok(())
}

fn main() {}

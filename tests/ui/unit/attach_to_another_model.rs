// `attach` links a row of another model than the relation's.
use orm::prelude::*;

#[path = "../links.rs"]
mod links;
use links::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (article, topic) = (s.get::<Article>(1).await?, s.get::<Topic>(1).await?);
    s.attach(article, |a| a.tags(), topic)?;
    // right: s.add(ArticleTopic::insert().article(article).topic(topic).weight(1));
    Ok(())
}

fn main() {}

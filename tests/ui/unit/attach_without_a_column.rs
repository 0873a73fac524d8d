// The join model has other required columns: add its row instead.
use orm::prelude::*;

#[path = "../links.rs"]
mod links;
use links::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (article, topic) = (s.get::<Article>(1).await?, s.get::<Topic>(1).await?);
    s.attach(article, |a| a.topics(), topic)?;
    // right: s.add(ArticleTopic::insert().article(article).topic(topic).weight(1));
    Ok(())
}

fn main() {}

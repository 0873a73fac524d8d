// A row has links of its own, not those of a related row.
use orm::prelude::*;

#[path = "../links.rs"]
mod links;
use links::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (note, tag) = (s.get::<Note>(1).await?, s.get::<Tag>(1).await?);
    s.detach(note, |n| n.article().tags(), tag)?;
    Ok(())
}

fn main() {}

// A foreign key column is set to a handle: set the relation instead.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let ann = s.get::<User>(1).await?;
    s.add(Post::insert().author_id(ann).title("x"));
    // right: s.add(Post::insert().author(ann).title("x"));
    Ok(())
}

fn main() {}

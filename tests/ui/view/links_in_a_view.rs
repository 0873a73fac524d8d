// Links in a view cannot be removed.
use orm::prelude::*;

#[path = "../views.rs"]
mod views;
use views::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let genre = s.get::<Genre>(1).await?;
    s.detach_all(genre, |g| g.liked_by())?;
    // right: s.delete(genre)?;
    Ok(())
}

fn main() {}

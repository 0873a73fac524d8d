// A handle is used as a row of another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let post = s.get::<Post>(1).await?;
    // right: let post = s.get::<User>(1).await?;
    let user: User = s.take(post)?;
    drop(user);
    Ok(())
}

fn main() {}

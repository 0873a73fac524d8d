// A session is committed while its rows are still being read.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let mut s = db.session();
    let mut users = User::query().stream(&mut s);
    users.next().await?;
    s.commit().await?;
    // right:
    users.next().await?;
    // right: drop(users);
    // right: s.commit().await?;
    Ok(())
}

fn main() {}

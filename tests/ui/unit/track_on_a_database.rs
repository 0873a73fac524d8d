// Rows can be tracked only by a session, not by a database.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let db: &Database = s.database();
    // right:
    User::query().track(db).await?;
    // right: User::query().track(&mut s).await?;
    Ok(())
}

fn main() {}

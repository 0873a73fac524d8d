// A statement takes the session.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let mut s = db.session();
    s.execute(User::delete().all_rows()).await?;
    // right: User::delete().all_rows().execute(&mut s).await?;
    Ok(())
}

fn main() {}

// A session cannot track values of raw SQL, only whole rows.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let mut s = db.session();
    let rows = sql!("SELECT id, name FROM {@User}").track::<(u64, String)>(&mut s).await?;
    // right: let rows = sql!("SELECT * FROM {@User}").track::<User>(&mut s).await?;
    Ok(())
}

fn main() {}

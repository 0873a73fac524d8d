// The first statement of a session begins its transaction.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let mut tx = db.begin().await?;
    // right: let mut tx = db.session();
    User::query().count(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

fn main() {}

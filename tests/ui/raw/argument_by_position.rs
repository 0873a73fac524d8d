// A value is passed by position: write it in braces in the text.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let id = 1;
    let user: User = sql!("SELECT * FROM {@User} WHERE id = ?", id).one(db).await?;
    // right: let user: User = sql!("SELECT * FROM {@User} WHERE id = {id}").one(db).await?;
    Ok(())
}

fn main() {}

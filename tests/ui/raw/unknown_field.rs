// A field does not exist on the model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let emails: Vec<String> = sql!("SELECT {@User.emial} FROM {@User}").all(db).await?;
    // right: let emails: Vec<String> = sql!("SELECT {@User.email} FROM {@User}").all(db).await?;
    Ok(())
}

fn main() {}

// A field does not exist on the model, and none has a similar name.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let rows: Vec<u64> = sql!("SELECT {@User.surname} FROM {@User}").all(db).await?;
    // right: let rows: Vec<u64> = sql!("SELECT {@User.id} FROM {@User}").all(db).await?;
    Ok(())
}

fn main() {}

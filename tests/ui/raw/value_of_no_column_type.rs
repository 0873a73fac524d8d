// A bound value has a type that no column can store.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let id = std::rc::Rc::new(1);
    // right: let id = *std::rc::Rc::new(1);
    let users: Vec<User> = sql!("SELECT * FROM {@User} WHERE id = {id}").all(db).await?;
    Ok(())
}

fn main() {}

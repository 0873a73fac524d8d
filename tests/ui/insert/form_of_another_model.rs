// A form is a row of another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Insert)]
#[orm(model = User)]
pub struct NewUser {
    email: String,
    name: String,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::insert_all([NewUser { email: "a".into(), name: "A".into() }]).execute(db).await?;
    // right: User::insert_all([NewUser { email: "a".into(), name: "A".into() }]).execute(db).await?;
    Ok(())
}

fn main() {}

// A struct without `#[derive(Insert)]` is inserted.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub struct NewUser {
    // right: #[derive(Insert)]
    // right: #[orm(model = User)]
    // right: pub struct NewUser {
    email: String,
    name: String,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert_all([NewUser { email: "a".into(), name: "A".into() }]).execute(db).await?;
    Ok(())
}

fn main() {}

// A struct without `#[derive(Patch)]` is applied.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub struct UserPatch {
    // right: #[derive(Patch)]
    // right: #[orm(model = User)]
    // right: pub struct UserPatch {
    name: Option<String>,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update_by(1).apply(UserPatch { name: None }).execute(db).await?;
    Ok(())
}

fn main() {}

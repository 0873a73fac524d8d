// A patch is applied to another model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Patch)]
#[orm(model = User)]
pub struct UserPatch {
    name: Option<String>,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    Post::update_by(1).apply(UserPatch { name: None }).execute(db).await?;
    // right: User::update_by(1).apply(UserPatch { name: None }).execute(db).await?;
    Ok(())
}

fn main() {}

// Rows of a model without `soft_delete` are all there is to load.
#[path = "../models.rs"]
mod models;
use models::*;
use orm::prelude::*;

async fn all(db: &Database) -> orm::Result<Vec<(User, Vec<Post>)>> {
    User::query().with(|u| u.posts().with_deleted()).all(db).await
    // right: User::query().with(|u| u.posts()).all(db).await
}

fn main() {}

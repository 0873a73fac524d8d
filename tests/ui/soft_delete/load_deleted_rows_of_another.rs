// `with_deleted` is used on a relation to a model without soft deletion.
#[path = "../models.rs"]
mod models;
use models::*;
use orm::prelude::*;

async fn all(db: &Database) -> orm::Result<Vec<(User, Vec<Post>)>> {
    User::query().with(|u| u.posts().with_deleted()).all(db).await
    // right: User::query().with(|u| u.posts()).all(db).await
}

fn main() {}

// `only_deleted` is used on a model without soft deletion.
#[path = "../models.rs"]
mod models;
use models::*;
use orm::prelude::*;

async fn bin(db: &Database) -> orm::Result<Vec<Post>> {
    Post::query().only_deleted().all(db).await
    // right: Post::query().all(db).await
}

fn main() {}

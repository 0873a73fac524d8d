// No rows of a model without `soft_delete` are marked as deleted.
#[path = "../models.rs"]
mod models;
use models::*;
use orm::prelude::*;

async fn bin(db: &Database) -> orm::Result<Vec<Post>> {
    Post::query().only_deleted().all(db).await
    // right: Post::query().all(db).await
}

fn main() {}

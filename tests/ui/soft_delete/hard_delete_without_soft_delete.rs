// `hard_delete` is used on a model without soft deletion.
#[path = "../models.rs"]
mod models;
use models::*;
use orm::prelude::*;

async fn clear(db: &Database) -> orm::Result<u64> {
    Post::delete().all_rows().hard_delete().execute(db).await
    // right: Post::delete().all_rows().execute(db).await
}

fn main() {}

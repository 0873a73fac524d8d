// Rows of a model without `soft_delete` go by any delete.
#[path = "../models.rs"]
mod models;
use models::*;
use orm::prelude::*;

async fn clear(db: &Database) -> orm::Result<u64> {
    Post::delete().all_rows().hard_delete().execute(db).await
    // right: Post::delete().all_rows().execute(db).await
}

fn main() {}

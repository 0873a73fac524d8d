// A graph has another root than the model of the query.
use orm::Graph;
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Graph)]
pub struct Page {
    #[orm(root)]
    user: User,
    posts: Vec<Post>,
}

pub async fn case(db: &Database) -> orm::Result<Vec<Page>> {
    Post::query().graph().all(db).await
    // right: User::query().graph().all(db).await
}

fn main() {}

// A struct without `#[derive(Graph)]` is used as a graph.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub struct Page {
    // right: #[derive(orm::Graph)]
    // right: pub struct Page {
    // right:     #[orm(root)]
    user: User,
    posts: Vec<Post>,
}

pub async fn case(db: &Database) -> orm::Result<Vec<Page>> {
    User::query().graph().all(db).await
}

fn main() {}

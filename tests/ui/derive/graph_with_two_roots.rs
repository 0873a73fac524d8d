// A graph has two roots.
use orm::Graph;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Graph)]
struct Page {
    #[orm(root)]
    user: User,
    #[orm(root)]
    // right:
    other: User,
    // right: posts: Vec<Post>,
}

fn main() {}

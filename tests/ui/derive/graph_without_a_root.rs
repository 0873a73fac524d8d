// A graph has no root.
use orm::Graph;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Graph)]
struct Page {
    user: User,
    // right: #[orm(root)]
    // right: user: User,
    posts: Vec<Post>,
}

fn main() {}

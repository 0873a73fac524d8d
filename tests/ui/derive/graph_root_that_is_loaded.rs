// A field of a graph is the root or a loaded relation, not both.
use orm::Graph;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Graph)]
struct Page {
    #[orm(root, load = |u| u.posts())]
    // right: #[orm(root)]
    user: User,
    posts: Vec<Post>,
}

fn main() {}

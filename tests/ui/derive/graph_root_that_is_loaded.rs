// The root is the row itself: nothing leads to it.
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

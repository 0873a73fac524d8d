// A relation to many needs a `Vec`.
use orm::Graph;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Graph)]
struct Page {
    #[orm(root)]
    user: User,
    posts: Post,
    // right: posts: Vec<Post>,
}

fn main() {}

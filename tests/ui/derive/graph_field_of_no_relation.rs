// A field of a graph does not have the name of a relation.
use orm::Graph;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Graph)]
struct Page {
    #[orm(root)]
    user: User,
    articles: Vec<Post>,
    // right: posts: Vec<Post>,
}

fn main() {}

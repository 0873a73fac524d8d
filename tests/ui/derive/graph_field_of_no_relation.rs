// A field is called as the relation that fills it.
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

// `load` needs a closure over the columns of the root.
use orm::Graph;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Graph)]
struct Page {
    #[orm(root)]
    user: User,
    #[orm(load = posts)]
    // right: #[orm(load = |u| u.posts())]
    newest: Vec<Post>,
}

fn main() {}

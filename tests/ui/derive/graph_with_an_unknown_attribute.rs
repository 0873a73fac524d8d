// The fields of a graph know `root` and `load`.
use orm::Graph;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Graph)]
struct Page {
    #[orm(rooot)]
    // right: #[orm(root)]
    user: User,
}

fn main() {}

// A field of a graph has an unknown attribute.
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

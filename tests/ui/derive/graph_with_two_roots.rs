// A graph has one root.
use orm::Graph;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Graph)]
struct Page {
    #[orm(root)]
    user: User,
    #[orm(root)]
    other: User,
}

fn main() {}

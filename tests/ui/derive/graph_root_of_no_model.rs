// The root of a graph is not a model.
use orm::Graph;
use orm::prelude::*;

#[derive(Graph)]
struct Page {
    #[orm(root)]
    user: String,
    // right: user: User,
}

#[derive(Model)]
pub struct User {
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}

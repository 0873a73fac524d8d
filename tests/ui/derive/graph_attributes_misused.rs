// 4 errors: attributes of graphs are misplaced, given twice or of the wrong kind.
use orm::Graph;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Graph)]
#[orm(load = |u| u.posts())]
// right:
struct Page {
    #[orm(root, root)]
    // right: #[orm(root)]
    user: User,
    #[orm(load)]
    // right: #[orm(load = |u| u.posts().limit(3))]
    newest: Vec<Post>,
    #[orm(crate = ::orm)]
    // right:
    posts: Vec<Post>,
}

fn main() {}

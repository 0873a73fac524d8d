// A graph must be a struct with named fields.
use orm::Graph;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Graph)]
struct Page(User, Vec<Post>);
// right: struct Page {
// right:     #[orm(root)]
// right:     user: User,
// right:     posts: Vec<Post>,
// right: }

fn main() {}

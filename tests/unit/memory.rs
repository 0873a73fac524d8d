//! What tracking costs.

use orm::prelude::*;

use super::models::Node;

/// The rows and their handles take, in all, no more than three times what the rows alone take as values.
#[test]
fn a_handle_is_small() {
    assert!(std::mem::size_of::<orm::Handle<Node>>() <= 16);
    assert!(std::mem::size_of::<orm::New<Node>>() <= 16);
    fn copies<T: Copy + Send + Sync + std::hash::Hash + Eq + std::fmt::Debug>() {}
    copies::<orm::Handle<Node>>();
    copies::<orm::New<Node>>();
}

#[tokio::test]
async fn a_handle_says_what_it_is_of() {
    let db = Database::open("sqlite::memory:").unwrap();
    let mut s = db.session();
    let node = s.add(Node::insert().name("x"));
    assert_eq!(format!("{node:?}"), "New<Node>(0)");
}

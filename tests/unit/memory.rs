//! The memory use of tracking.

use orm::prelude::*;

use super::models::Node;

/// Rows and their handles take no more than three times the memory of the plain rows in total.
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

//! Booleans.

use crate::expression::Condition;
use crate::syntax::{Comparison, Node};
use crate::value::Datum;

on_values! {
    /// Booleans.
    impl<N> __Ty<bool, N> {
        /// Tests whether it is true.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let published = Post::query().filter(|p| p.published.is_true());
        /// assert_eq!(published.select(|p| p.title).all(db).await?, ["Hello"]);
        /// # Ok(()) }) }
        /// ```
        pub fn is_true(self) -> Condition {
            Condition(Node::compare(self.into_node(), Comparison::Equal, Node::Value(Datum::Bool(true))))
        }

        /// Tests whether it is false.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let drafts = Post::query().filter(|p| p.published.is_false());
        /// assert_eq!(drafts.select(|p| p.title).all(db).await?, ["Draft"]);
        /// # Ok(()) }) }
        /// ```
        pub fn is_false(self) -> Condition {
            Condition(Node::compare(self.into_node(), Comparison::Equal, Node::Value(Datum::Bool(false))))
        }
    }
}

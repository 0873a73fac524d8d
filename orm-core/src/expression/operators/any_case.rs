//! Case-insensitive comparisons of text.

use crate::expression::{Condition, Pattern, pattern};
use crate::syntax::{Comparison, Function, Node};
use crate::value::{Kind, Textual, Value};

on_values! {
    /// Case-insensitive comparisons of text, whatever the collation.
    impl<V: Value, N> __Ty<V, N> {
        /// Tests for equality ignoring case, whatever the collation.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let ann = User::query().filter(|u| u.name.eq_any_case("aNN"));
        /// assert_eq!(ann.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn eq_any_case(self, other: impl Pattern) -> Condition
        where
            V: Textual,
        {
            Condition(Node::compare(self.lower().into_node(), Comparison::Equal, lower(other.node())))
        }

        /// Like [`like`](Self::like), but ignores case.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.name.like_any_case("aN_"));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        #[doc(alias("ilike"))]
        pub fn like_any_case(self, pattern: impl Pattern) -> Condition
        where
            V: Textual,
        {
            like_any_case(self.lower().into_node(), pattern.node())
        }

        /// Like [`starts_with`](Self::starts_with), but ignores case.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.name.starts_with_any_case("aN"));
        /// assert_eq!(found.count(db).await?, 1);
        /// let same = User::query().filter(|u| u.email.starts_with_any_case(u.name));
        /// assert_eq!(same.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn starts_with_any_case(self, text: impl Pattern) -> Condition
        where
            V: Textual,
        {
            like_any_case(self.lower().into_node(), pattern::around("", text.node(), "%"))
        }

        /// Like [`ends_with`](Self::ends_with), but ignores case.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.email.ends_with_any_case(".ORG"));
        /// assert_eq!(found.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn ends_with_any_case(self, text: impl Pattern) -> Condition
        where
            V: Textual,
        {
            like_any_case(self.lower().into_node(), pattern::around("%", text.node(), ""))
        }

        /// Like [`contains`](Self::contains), but ignores case.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.name.contains_any_case("NN"));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn contains_any_case(self, text: impl Pattern) -> Condition
        where
            V: Textual,
        {
            like_any_case(self.lower().into_node(), pattern::around("%", text.node(), "%"))
        }
    }
}

fn lower(text: Node) -> Node {
    Node::call(Function::Lower, Kind::Text, vec![text])
}

fn like_any_case(lower_text: Node, pattern: Node) -> Condition {
    pattern::like(lower_text, lower(pattern), false)
}

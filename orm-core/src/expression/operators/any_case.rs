//! Text compared without regard to upper and lower case.

use crate::expression::{Condition, pattern};
use crate::syntax::{Comparison, Function, Node};
use crate::value::{Datum, Kind, Textual, Value};

on_values! {
    /// Text compared without regard to upper and lower case, whatever the collation says.
    impl<V: Value, N> __Ty<V, N> {
        /// Equal but for upper and lower case, whatever the collation says.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let ann = User::query().filter(|u| u.name.eq_any_case("aNN"));
        /// assert_eq!(ann.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn eq_any_case(self, other: &str) -> Condition
        where
            V: Textual,
        {
            Condition(Node::compare(self.lower().into_node(), Comparison::Equal, lower(other.to_owned())))
        }

        /// As [`like`](Self::like), but for upper and lower case.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.name.like_any_case("aN_"));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn like_any_case(self, pattern: &str) -> Condition
        where
            V: Textual,
        {
            like_any_case(self.lower().into_node(), pattern.to_owned())
        }

        /// As [`starts_with`](Self::starts_with), but for upper and lower case.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.name.starts_with_any_case("aN"));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn starts_with_any_case(self, text: &str) -> Condition
        where
            V: Textual,
        {
            like_any_case(self.lower().into_node(), format!("{}%", pattern::escape(text)))
        }

        /// As [`ends_with`](Self::ends_with), but for upper and lower case.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.email.ends_with_any_case(".ORG"));
        /// assert_eq!(found.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn ends_with_any_case(self, text: &str) -> Condition
        where
            V: Textual,
        {
            like_any_case(self.lower().into_node(), format!("%{}", pattern::escape(text)))
        }

        /// As [`contains`](Self::contains), but for upper and lower case.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.name.contains_any_case("NN"));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn contains_any_case(self, text: &str) -> Condition
        where
            V: Textual,
        {
            like_any_case(self.lower().into_node(), format!("%{}%", pattern::escape(text)))
        }
    }
}

fn lower(text: String) -> Node {
    Node::call(Function::Lower, Kind::Text, vec![Node::Value(Datum::Text(text))])
}

fn like_any_case(lower_text: Node, pattern: String) -> Condition {
    pattern::like_computed(lower_text, lower(pattern), false)
}

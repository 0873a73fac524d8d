//! Comparisons with any or every row of a query: ANY and ALL.
//!
//! For equality, use `is_in` and `not_in`.

use crate::expression::{Condition, RowsOf};
use crate::syntax::{Comparison, Node, Quantified, Quantifier};
use crate::value::Value;

on_values! {
    /// Comparisons with the rows of a query that selects one value (ANY and ALL). The result is unknown if it depends on a
    /// comparison that is unknown. (MariaDB may also return unknown for NULL compared with no rows.)
    impl<V: Value, N> __Ty<V, N> {
        /// Less than any row of a query: `< ANY`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let others = || User::query().select(|u| u.id);
        /// let found = User::query().filter(|u| u.id.lt_any(others()));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn lt_any(self, query: impl RowsOf<V>) -> Condition {
            quantified::<V>(self.into_node(), Comparison::Less, Quantifier::Any, query)
        }

        /// Less than every row of a query: `< ALL`. True if there are none.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let posts = || Post::query().filter(|p| p.published.is_false()).select(|p| p.id);
        /// let found = User::query().filter(|u| u.id.lt_every(posts()));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn lt_every(self, query: impl RowsOf<V>) -> Condition {
            quantified::<V>(self.into_node(), Comparison::Less, Quantifier::Every, query)
        }

        /// Less than or equal to any row of a query: `<= ANY`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let others = || User::query().select(|u| u.id);
        /// let found = User::query().filter(|u| u.id.le_any(others()));
        /// assert_eq!(found.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn le_any(self, query: impl RowsOf<V>) -> Condition {
            quantified::<V>(self.into_node(), Comparison::LessOrEqual, Quantifier::Any, query)
        }

        /// Less than or equal to every row of a query: `<= ALL`. True if there are none.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let others = || User::query().select(|u| u.id);
        /// let found = User::query().filter(|u| u.id.le_every(others()));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn le_every(self, query: impl RowsOf<V>) -> Condition {
            quantified::<V>(self.into_node(), Comparison::LessOrEqual, Quantifier::Every, query)
        }

        /// Greater than any row of a query: `> ANY`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let ages = || User::query().select(|u| u.age);
        /// let found = User::query().filter(|u| u.age.add(1).gt_any(ages()));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn gt_any(self, query: impl RowsOf<V>) -> Condition {
            quantified::<V>(self.into_node(), Comparison::Greater, Quantifier::Any, query)
        }

        /// Greater than every row of a query: `> ALL`. True if there are none.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let drafts = || Post::query().filter(|p| p.title.eq("?")).select(|p| p.id);
        /// let found = User::query().filter(|u| u.id.gt_every(drafts()));
        /// assert_eq!(found.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn gt_every(self, query: impl RowsOf<V>) -> Condition {
            quantified::<V>(self.into_node(), Comparison::Greater, Quantifier::Every, query)
        }

        /// Greater than or equal to any row of a query: `>= ANY`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let others = || User::query().select(|u| u.id);
        /// let found = User::query().filter(|u| u.id.ge_any(others()));
        /// assert_eq!(found.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn ge_any(self, query: impl RowsOf<V>) -> Condition {
            quantified::<V>(self.into_node(), Comparison::GreaterOrEqual, Quantifier::Any, query)
        }

        /// Greater than or equal to every row of a query: `>= ALL`. True if there are none.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let others = || User::query().select(|u| u.id);
        /// let found = User::query().filter(|u| u.id.ge_every(others()));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn ge_every(self, query: impl RowsOf<V>) -> Condition {
            quantified::<V>(self.into_node(), Comparison::GreaterOrEqual, Quantifier::Every, query)
        }
    }
}

fn quantified<V: Value>(
    left: Node,
    comparison: Comparison,
    quantifier: Quantifier,
    query: impl RowsOf<V>,
) -> Condition {
    let query = query.rows();
    Condition(Node::Quantified(Box::new(Quantified { left, comparison, quantifier, query, kind: V::KIND })))
}

//! Comparisons, IN, IS NULL, and sort orders.

use crate::expression::{Assign, Candidates, Condition, Operand, Ordered};
use crate::mode::{MayBeNull, Nullable};
use crate::syntax::{Between, Comparison, Node, Operator, OrderBy};
use crate::value::Value;

on_values! {
    /// Comparisons.
    impl<V: Value, N> __Ty<V, N> {
        /// Equal: `=`. Unknown if either side is NULL; see [`same_as`](Self::same_as).
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let anns = User::query().filter(|u| u.name.eq("Ann"));
        /// assert_eq!(anns.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn eq(self, value: impl Operand<V>) -> Condition {
            Condition(Node::compare(self.into_node(), Comparison::Equal, value.node()))
        }

        /// Not equal: `<>`. Unknown if either side is NULL.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let others = User::query().filter(|u| u.name.ne("Ann"));
        /// assert_eq!(others.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        #[doc(alias("neq", "not_eq"))]
        pub fn ne(self, value: impl Operand<V>) -> Condition {
            Condition(Node::compare(self.into_node(), Comparison::NotEqual, value.node()))
        }

        /// Less than: `<`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let younger = User::query().filter(|u| u.age.lt(42));
        /// assert_eq!(younger.count(db).await?, 1); // Bob's age is NULL
        /// # Ok(()) }) }
        /// ```
        pub fn lt(self, value: impl Operand<V>) -> Condition {
            Condition(Node::compare(self.into_node(), Comparison::Less, value.node()))
        }

        /// Less than or equal to: `<=`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let first = Post::query().filter(|p| p.id.le(1));
        /// assert_eq!(first.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn le(self, value: impl Operand<V>) -> Condition {
            Condition(Node::compare(self.into_node(), Comparison::LessOrEqual, value.node()))
        }

        /// Greater than: `>`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let later = Post::query().filter(|p| p.id.gt(1));
        /// assert_eq!(later.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn gt(self, value: impl Operand<V>) -> Condition {
            Condition(Node::compare(self.into_node(), Comparison::Greater, value.node()))
        }

        /// Greater than or equal to: `>=`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let adults = User::query().filter(|u| u.age.ge(18));
        /// assert_eq!(adults.select(|u| u.name).all(db).await?, ["Ann"]);
        /// # Ok(()) }) }
        /// ```
        pub fn ge(self, value: impl Operand<V>) -> Condition {
            Condition(Node::compare(self.into_node(), Comparison::GreaterOrEqual, value.node()))
        }

        /// Equal, or both NULL: a NULL-safe comparison that is never unknown. Accepts `None`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let wanted: Option<i32> = None;
        /// let found = User::query().filter(|u| u.age.same_as(wanted)).select(|u| u.name);
        /// assert_eq!(found.all(db).await?, ["Bob"]);
        /// # Ok(()) }) }
        /// ```
        pub fn same_as<O: Assign<V, Nullable>>(self, value: O) -> Condition {
            Condition(Node::binary(self.into_node(), Operator::Compare(Comparison::Same), value.node()))
        }

        /// Between two values, inclusive: BETWEEN.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let forties = User::query().filter(|u| u.age.between(40, 49));
        /// assert_eq!(forties.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn between(self, low: impl Operand<V>, high: impl Operand<V>) -> Condition {
            let (value, low, high) = (self.into_node(), low.node(), high.node());
            Condition(Node::Between(Box::new(Between { value, low, high })))
        }

        /// In a list of values, or in the values that a query selects: IN. False for an empty list.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let both = User::query().filter(|u| u.id.is_in([1, 2]));
        /// assert_eq!(both.count(db).await?, 2);
        /// let authors = User::query().filter(|u| u.id.is_in(Post::query().select(|p| p.author_id)));
        /// assert_eq!(authors.select(|u| u.name).all(db).await?, ["Ann"]);
        /// # Ok(()) }) }
        /// ```
        #[doc(alias("in", "eq_any"))]
        pub fn is_in(self, candidates: impl Candidates<V>) -> Condition {
            candidates.contain(self.into_node(), false)
        }

        /// Not in a list of values, nor in the values that a query selects: NOT IN. True for an empty list.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let others = User::query().filter(|u| u.name.not_in(["Ann", "Cid"]));
        /// assert_eq!(others.select(|u| u.name).all(db).await?, ["Bob"]);
        /// # Ok(()) }) }
        /// ```
        pub fn not_in(self, candidates: impl Candidates<V>) -> Condition {
            candidates.contain(self.into_node(), true)
        }

        /// Tests for NULL: IS NULL.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let ageless = User::query().filter(|u| u.age.is_null());
        /// assert_eq!(ageless.select(|u| u.name).all(db).await?, ["Bob"]);
        /// # Ok(()) }) }
        /// ```
        pub fn is_null(self) -> Condition
        where
            N: MayBeNull,
        {
            Condition(Node::IsNull(Box::new(self.into_node())))
        }

        /// Tests for a value: IS NOT NULL.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let without_body = Post::query().filter(|p| p.body.is_not_null().not());
        /// assert_eq!(without_body.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn is_not_null(self) -> Condition
        where
            N: MayBeNull,
        {
            Condition(Node::IsNotNull(Box::new(self.into_node())))
        }

        /// Sorts in ascending order.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let titles = Post::query().order_by(|p| p.title.asc()).select(|p| p.title);
        /// assert_eq!(titles.all(db).await?, ["Draft", "Hello"]);
        /// # Ok(()) }) }
        /// ```
        pub fn asc(self) -> Ordered {
            Ordered(OrderBy { node: self.into_node(), kind: V::KIND, descending: false, nulls_first: None })
        }

        /// Sorts in descending order.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let titles = Post::query().order_by(|p| p.title.desc()).select(|p| p.title);
        /// assert_eq!(titles.all(db).await?, ["Hello", "Draft"]);
        /// # Ok(()) }) }
        /// ```
        pub fn desc(self) -> Ordered {
            Ordered(OrderBy { node: self.into_node(), kind: V::KIND, descending: true, nulls_first: None })
        }
    }
}

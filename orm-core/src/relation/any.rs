//! Questions about related rows, answered by subqueries.

use super::Many;
use crate::expression::{Condition, Expr};
use crate::mode::Required;
use crate::model::Model;
use crate::syntax::{ColumnRef, Comparison, Node, Operator, Projection, Select, Source};
use crate::value::Kind;

impl<T: Model> Many<T> {
    /// The related rows, correlated with the row at hand.
    fn select(&self) -> Select {
        let mut select = Select::new(T::table());
        let there = Source::table(select.base);
        for (near, far) in self.link.columns() {
            let near = Node::Column(ColumnRef::new(self.source, near));
            let far = Node::Column(ColumnRef::new(there, far));
            select.filter.push(Node::binary(far, Operator::Compare(Comparison::Equal), near));
        }
        select
    }

    fn select_where(&self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Box<Select> {
        let mut select = Box::new(self.select());
        select.projection = Projection::One;
        condition(T::fields(Source::table(select.base))).0.push_onto(&mut select.filter);
        select
    }

    /// At least one related row meets a condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let with_drafts = User::query().filter(|u| u.posts().any(|p| p.published.is_false()));
    /// assert_eq!(with_drafts.select(|u| u.name).all(db).await?, ["Ann"]);
    /// # Ok(()) }) }
    /// ```
    pub fn any(self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Condition {
        Condition(Node::Exists(self.select_where(condition)))
    }

    /// No related row meets a condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let quiet = User::query().filter(|u| u.posts().none(|p| p.published.is_true()));
    /// assert_eq!(quiet.select(|u| u.name).all(db).await?, ["Bob"]);
    /// # Ok(()) }) }
    /// ```
    pub fn none(self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Condition {
        self.any(condition).not()
    }

    /// Every related row meets a condition: also if there are none. A row for which it is unknown does not meet it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let without_drafts = User::query().filter(|u| u.posts().every(|p| p.published.is_true()));
    /// assert_eq!(without_drafts.select(|u| u.name).all(db).await?, ["Bob"]); // who has no posts at all
    /// # Ok(()) }) }
    /// ```
    pub fn every(self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Condition {
        self.none(|row| condition(row).known().eq(false))
    }

    /// How many related rows there are.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let users = User::query().order_by(|u| u.posts().count().desc()).select(|u| (u.name, u.posts().count()));
    /// assert_eq!(users.all(db).await?, [("Ann".to_owned(), 2), ("Bob".to_owned(), 0)]);
    /// # Ok(()) }) }
    /// ```
    pub fn count(self) -> Expr<i64> {
        let mut select = Box::new(self.select());
        select.projection = Projection::Count;
        Expr::new(Node::Scalar(select, Kind::BigInt))
    }
}
